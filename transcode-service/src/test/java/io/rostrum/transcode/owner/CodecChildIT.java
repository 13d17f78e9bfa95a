package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Codec children that hang or die: DESIGN.md, invariant 8. */
class CodecChildIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Behind the first segment, 4 s, and within the second. */
  private static final int WITHIN_SECOND_SEGMENT = 110;

  private static TestStack stack;

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void childThatHangs_isReplaced_andTheSegmentIsWholeAfterAll() throws Exception {
    String calm = "calmchild";
    String hung = "hungchild";
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    for (String id : List.of(calm, hung)) {
      stack.intend(id, null);
      stack.publish(id, records.subList(0, WITHIN_SECOND_SEGMENT));
      try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.segment-timeout", "1s"))) {
        stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
        if (id.equals(hung)) {
          long child = awaitChildBesides(Set.of());
          assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(child)).start().waitFor())
              .isZero();
        }
        stack.publish(id, records.subList(WITHIN_SECOND_SEGMENT, records.size()));
        List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
        for (Fact.Close close : facts(timeline, Fact.Close.class)) {
          assertThat(close.renditions().values()).allMatch(rendition -> rendition.gap() == null);
        }
      }
    }
    assertThat(stack.hashes(hung)).isEqualTo(stack.hashes(calm)).isNotEmpty();
  }

  @Test
  void childThatDiesTwiceOnASegment_makesAGapOfItsRungs_andOfNothingElse() throws Exception {
    String id = "deadchild";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    stack.publish(id, records.subList(0, WITHIN_SECOND_SEGMENT));
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      long first = awaitChildBesides(Set.of());
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      long second = awaitChildBesides(Set.of(first));
      ProcessHandle.of(second).orElseThrow().destroyForcibly();
      awaitChildBesides(Set.of(first, second));
      stack.publish(id, records.subList(WITHIN_SECOND_SEGMENT, records.size()));

      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);

      List<Fact.Close> closes = facts(timeline, Fact.Close.class);
      assertThat(closes).hasSize(4);
      for (Fact.Close close : closes) {
        close
            .renditions()
            .forEach(
                (name, rendition) -> {
                  if (close.msn() == 1 && name.equals("240p")) {
                    assertThat(rendition.gap()).contains("died twice");
                  } else {
                    assertThat(rendition.gap()).as("%s of %s", name, close.msn()).isNull();
                  }
                });
      }
    }
  }

  private static long awaitChildBesides(Set<Long> known) {
    await()
        .atMost(PATIENCE)
        .until(() -> children().stream().anyMatch(child -> !known.contains(child)));
    return children().stream().filter(child -> !known.contains(child)).findFirst().orElseThrow();
  }

  /** The codec children of this process that live. */
  private static Set<Long> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(
            child ->
                child
                    .info()
                    .commandLine()
                    .map(line -> line.contains("io.rostrum.codecworker.Main"))
                    .orElse(false))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}

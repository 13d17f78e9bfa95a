package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.segment-timeout", "6s"))) {
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
  void childThatDoesNotStart_holdsUpNothing_whereTheHeadersAreKnown(@TempDir Path folder)
      throws Exception {
    List<TimelineRecord> timeline =
        secondBroadcast(
            "late",
            folder,
            "exec sleep 600",
            Map.of(
                "rostrum.transcode.worker-start-timeout", "10m",
                "rostrum.transcode.defer-after", "1s"));

    assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    for (Fact.Close close : facts(timeline, Fact.Close.class)) {
      assertThat(close.renditions().get("source").gap()).isNull();
      assertThat(close.renditions().get("audio").gap()).isNull();
      assertThat(close.renditions().get("240p").gap()).startsWith("DEFERRED");
    }
  }

  @Test
  void childThatCannotWork_isNotOffered_thoughTheHeadersAreKnown(@TempDir Path folder)
      throws Exception {
    List<TimelineRecord> timeline = secondBroadcast("broken", folder, "exit 1", Map.of());

    assertThat(facts(timeline, Fact.Open.class).get(0).ladder())
        .extracting(Rendition::name)
        .containsExactlyInAnyOrder("source", "audio");
  }

  /** The timeline of a broadcast behind one that went well, whose children do {@code instead}. */
  private static List<TimelineRecord> secondBroadcast(
      String name, Path folder, String instead, Map<String, String> settings) throws Exception {
    String first = name + "1st";
    String second = name + "2nd";
    Path mark = folder.resolve("mark");
    String prefix = "sh,-c,[ -e " + mark + " ] && " + instead + "; exec \"$@\",child";
    Map<String, String> all = new HashMap<>(settings);
    all.put("rostrum.transcode.worker-prefix", prefix);
    stack.intend(first, null);
    stack.intend(second, null);
    try (TranscodeNode node = stack.node(all)) {
      stack.publish(first, ClipPublication.records("pub1aaaa", true));
      stack.awaitTimeline(first, Timelines::endedAndStored);
      Files.createFile(mark);
      stack.publish(second, ClipPublication.records("pub2aaaa", true));
      return stack.awaitTimeline(second, Timelines::endedAndStored);
    }
  }

  @Test
  void sameSource_inOtherChunks_onOtherChildren_withARestart_givesTheSameObjects()
      throws Exception {
    String whole = "wholechunks";
    String restarted = "otherchunks";
    stack.intend(whole, null);
    stack.intend(restarted, null);
    stack.publish(whole, ClipPublication.records("pub1aaaa", true));
    List<SourceRecord> others =
        ClipPublication.records("pub1aaaa", true, SourceRecord.Protocol.RTMP, 4);
    stack.publish(restarted, others.subList(0, WITHIN_SECOND_SEGMENT));
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(whole, Timelines::endedAndStored);
      stack.awaitTimeline(restarted, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
    }
    stack.publish(restarted, others.subList(WITHIN_SECOND_SEGMENT, others.size()));
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(restarted, Timelines::endedAndStored);
    }
    assertThat(stack.hashes(restarted)).isEqualTo(stack.hashes(whole)).isNotEmpty();
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void sourceThatCrashesDecoders_gapsItsOwnRungsOfThatSegment_andNothingOfOthers(int bad)
      throws Exception {
    String id = "poisoned" + bad;
    String neighbour = "neighbour" + bad;
    List<SourceRecord> clean = ClipPublication.records("pub1aaaa", true);
    int at = withinSegment(bad, clean);
    List<SourceRecord> records = new ArrayList<>(clean);
    records.set(at, poisoned((SourceRecord.Chunk) clean.get(at)));
    stack.intend(id, null);
    stack.intend(neighbour, null);
    stack.publish(id, records.subList(0, at));
    stack.publish(neighbour, clean);
    String prefix = String.join(",", PoisonedChild.prefix());
    try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.worker-prefix", prefix))) {
      stack.awaitTimeline(id, timeline -> facts(timeline, Fact.Close.class).size() == bad);
      stack.publish(id, records.subList(at, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);

      assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
      for (Fact.Close close : facts(timeline, Fact.Close.class)) {
        close
            .renditions()
            .forEach(
                (name, rendition) -> {
                  if (close.msn() == bad && name.equals("240p")) {
                    assertThat(rendition.gap()).contains("died twice");
                  } else {
                    assertThat(rendition.gap()).as("%s of %s", name, close.msn()).isNull();
                  }
                });
      }
      List<TimelineRecord> others = stack.awaitTimeline(neighbour, Timelines::endedAndStored);
      assertThat(facts(others, Fact.Close.class))
          .hasSize(4)
          .allSatisfy(
              close ->
                  assertThat(close.renditions().values())
                      .allMatch(rendition -> rendition.gap() == null));
      String kept = ObjectKeys.condemned(id, bad, "video");
      stack.awaitObject(kept);
      assertThat(Fragment.readAll(stack.object(kept)).get(0).samples())
          .anyMatch(unit -> endsWith(unit.data(), PoisonedChild.POISON));
    }
  }

  /** The place of a chunk of pictures in the midst of a segment. */
  private static int withinSegment(int msn, List<SourceRecord> records) {
    int segments = 0;
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) instanceof SourceRecord.Chunk chunk) {
        segments += chunk.segmentStart() ? 1 : 0;
        if (segments == msn + 1 && !chunk.segmentStart() && chunk.partStart()) {
          return i;
        }
      }
    }
    throw new IllegalStateException("the clip has no segment " + msn);
  }

  /** The same with poison behind its last picture. */
  private static SourceRecord poisoned(SourceRecord.Chunk chunk) throws Exception {
    Fragment fragment = Fragment.readAll(chunk.payloadBytes()).get(0);
    List<AccessUnit> units = new ArrayList<>(fragment.samples());
    AccessUnit last = units.remove(units.size() - 1);
    byte[] data = Arrays.copyOf(last.data(), last.data().length + PoisonedChild.POISON.length);
    System.arraycopy(
        PoisonedChild.POISON, 0, data, last.data().length, PoisonedChild.POISON.length);
    units.add(
        new AccessUnit(
            last.decodeTimeTicks(),
            last.compositionOffsetTicks(),
            last.durationTicks(),
            last.sync(),
            data));
    return new SourceRecord.Chunk(
        chunk.publicationId(),
        chunk.sequence(),
        chunk.trackId(),
        chunk.segmentStart(),
        chunk.partStart(),
        chunk.sync(),
        chunk.receivedAtMs(),
        ByteBuffer.wrap(new Fragment(1, fragment.trackId(), units).write()));
  }

  private static boolean endsWith(byte[] data, byte[] end) {
    return data.length >= end.length
        && Arrays.equals(data, data.length - end.length, data.length, end, 0, end.length);
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

package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.assertOrder;
import static io.rostrum.transcode.owner.Timelines.comparable;
import static io.rostrum.transcode.owner.Timelines.endedAndStored;
import static io.rostrum.transcode.owner.Timelines.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two transcoders as they are shipped share the broadcasts, and one of them dies or freezes. */
class TwoInstancesIT {
  private static final String JOINED = "Partitions assigned";

  private static TestStack stack;
  private static List<SourceRecord> records;
  private static List<String> calmTimeline;
  private static Map<String, String> calmHashes;

  @BeforeAll
  static void start() throws Exception {
    stack = new TestStack();
    records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(ClipPublication.records("pub2aaaa", true));
    String calm = "calm1111";
    stack.intend(calm, null);
    stack.publish(calm, records);
    try (TranscodeProcess only = new TranscodeProcess(stack, "only")) {
      calmTimeline = comparable(stack.awaitTimeline(calm, Timelines::endedAndStored), calm);
    }
    calmHashes = stack.hashes(calm);
    assertThat(calmHashes).hasSizeGreaterThan(20);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void ownersAndCodecChildrenKilled_atAnyMoment_leaveTheSameRecording() throws Exception {
    String id = "killed111";
    stack.intend(id, null);
    Random random = new Random(11);
    List<TranscodeProcess> both = new ArrayList<>();
    try {
      both.add(new TranscodeProcess(stack, "first"));
      both.add(new TranscodeProcess(stack, "second"));
      int done = 0;
      for (int death = 0; death < 5; death++) {
        int until = Math.min(records.size() - 40, done + 40 + random.nextInt(60));
        stack.publish(id, records.subList(done, until));
        done = until;
        int facts = stack.timeline(id).size();
        int more = random.nextInt(3);
        int reachable = done > 110 ? 4 : 1;
        stack.awaitTimeline(id, timeline -> timeline.size() >= Math.min(facts + more, reachable));
        TranscodeProcess owner = owner(both, id);
        if (death % 2 == 1) {
          owner.killChildren();
        }
        owner.kill();
        both.remove(owner);
        both.add(new TranscodeProcess(stack, "replacement" + death));
      }
      stack.publish(id, records.subList(done, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertSameRecording(timeline, id);
    } finally {
      for (TranscodeProcess process : both) {
        process.close();
      }
    }
  }

  @Test
  void ownerFrozen_isReplaced_andWritesNothingWhenItWakes() throws Exception {
    String id = "frozen222";
    stack.intend(id, null);
    try (TranscodeProcess first = new TranscodeProcess(stack, "first");
        TranscodeProcess second = new TranscodeProcess(stack, "second")) {
      stack.publish(id, records.subList(0, 160));
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      TranscodeProcess owner = owner(List.of(first, second), id);
      owner.freeze();
      stack.publish(id, records.subList(160, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      int parts = stack.partRecords(id).size();
      int lines = owner.lines();

      owner.thaw();

      // It has to notice first, and then joins the group as anybody would.
      owner.awaitLine(lines, JOINED);
      assertThat(stack.timeline(id)).hasSameSizeAs(timeline);
      assertNothingNew(stack.partRecords(id), parts);
      assertSameRecording(timeline, id);
    }
  }

  /**
   * A part that was on its way into Kafka when the process froze may still arrive. Readers have it
   * from the new owner, the same bytes, and ignore what is of an older epoch.
   */
  private static void assertNothingNew(List<MediaPart> all, int before) {
    long epoch = all.stream().limit(before).mapToLong(MediaPart::epoch).max().orElseThrow();
    for (MediaPart late : all.subList(before, all.size())) {
      assertThat(late.epoch()).isLessThan(epoch);
      assertThat(all.subList(0, before))
          .anySatisfy(
              known -> {
                assertThat(known.msn()).isEqualTo(late.msn());
                assertThat(known.part()).isEqualTo(late.part());
                assertThat(known.rendition()).isEqualTo(late.rendition());
                assertThat(known.payload()).isEqualTo(late.payload());
              });
    }
  }

  /** One that has taken the broadcast over; waits until one of those that are left has. */
  private static TranscodeProcess owner(List<TranscodeProcess> processes, String id) {
    String line = "Broadcast taken over: broadcast=" + id;
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> processes.stream().anyMatch(process -> process.said(line)));
    return processes.stream()
        .filter(process -> process.said(line))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static void assertSameRecording(List<TimelineRecord> timeline, String id)
      throws Exception {
    assertThat(endedAndStored(timeline)).isTrue();
    assertOrder(timeline);
    assertThat(comparable(timeline, id)).isEqualTo(calmTimeline);
    assertThat(stack.hashes(id)).isEqualTo(calmHashes);
    long epoch = 0;
    for (TimelineRecord record : timeline) {
      assertThat(record.epoch()).isGreaterThanOrEqualTo(epoch);
      epoch = record.epoch();
    }
  }
}

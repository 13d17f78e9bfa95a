package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.facts;
import static io.rostrum.transcode.owner.Timelines.json;
import static io.rostrum.transcode.owner.Timelines.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.transcode.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two transcoders as they are shipped share the broadcasts, and one of them dies or freezes. */
class TwoInstancesIT {
  private static final String JOINED = "Partitions assigned";

  /** More of them with -Pnightly. */
  private static final int FREEZES = Integer.getInteger("rostrum.test.freezes", 2);

  private static final long FREEZE_NANOS = Duration.ofSeconds(20).toNanos();

  private static TestStack stack;
  private static List<SourceRecord> records;
  private static CalmRun calm;

  @BeforeAll
  static void start() throws Exception {
    stack = new TestStack();
    records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(ClipPublication.records("pub2aaaa", true));
    calm = CalmRun.of(stack, "calm1111", records, () -> new TranscodeProcess(stack, "only"));
    assertThat(calm.hashes()).hasSizeGreaterThan(20);
    assertThat(calm.storyboard()).hasSize(8).filteredOn(json -> json.contains("sheet-")).hasSize(2);
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
  void ownersFrozen_atAnyMoment_areReplaced_andWriteNothingWhenTheyWake() throws Exception {
    String id = "frozen222";
    stack.intend(id, null);
    Random random = new Random(12);
    try (TranscodeProcess first = new TranscodeProcess(stack, "first");
        TranscodeProcess second = new TranscodeProcess(stack, "second")) {
      List<TranscodeProcess> both = List.of(first, second);
      int done = 0;
      for (int freeze = 0; freeze < FREEZES; freeze++) {
        int until = done + 10 + random.nextInt(400 / FREEZES - 20);
        TranscodeProcess owner = freeze == 0 ? null : owner(both, id);
        stack.publish(id, records.subList(done, until));
        if (owner == null) {
          owner = owner(both, id);
        }
        done = until;
        TimeUnit.MILLISECONDS.sleep(random.nextInt(300)); // The moment is what is varied.
        long epoch = owner.epoch(id);
        owner.freeze();
        TranscodeProcess other = owner == first ? second : first;
        await("a new owner").atMost(Duration.ofSeconds(90)).until(() -> other.epoch(id) > epoch);
        int more = done + 10;
        stack.publish(id, records.subList(done, more));
        done = more;
        int lines = owner.lines();

        owner.thaw();

        owner.awaitLine(lines, JOINED);
      }
      stack.publish(id, records.subList(done, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertSameRecording(timeline, id);
      assertNoOwnerWroteAfterTheNext(id);
    }
  }

  @Tag("nightly")
  @Test
  void ownerFrozenFor20Seconds_withTheWholeLadder_leavesTheSameRecording_andWritesNothingMore()
      throws Exception {
    // Brought to a canvas of this size, the clip has all four rungs and no source.
    Map<String, String> canvas = Map.of("rostrum.transcode.canvas", "1920x1080@30");
    List<SourceRecord> event =
        ClipPublication.records("pub1aaaa", true, SourceRecord.Protocol.WHIP);
    CalmRun whole =
        CalmRun.of(stack, "calm4444", event, () -> new TranscodeProcess(stack, "only", canvas));
    assertThat(whole.timeline().get(1)).contains("1080p", "720p", "480p", "240p");
    String id = "frozen444";
    stack.intend(id, null);
    try (TranscodeProcess first = new TranscodeProcess(stack, "first", canvas);
        TranscodeProcess second = new TranscodeProcess(stack, "second", canvas)) {
      List<TranscodeProcess> both = List.of(first, second);
      stack.publish(id, event.subList(0, 150));
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      TranscodeProcess owner = owner(both, id);
      TranscodeProcess other = owner == first ? second : first;
      long epoch = owner.epoch(id);
      owner.freeze();
      long frozenNanos = System.nanoTime();
      await("a new owner").atMost(Duration.ofSeconds(90)).until(() -> other.epoch(id) > epoch);
      stack.publish(id, event.subList(150, event.size()));
      TimeUnit.NANOSECONDS.sleep(frozenNanos + FREEZE_NANOS - System.nanoTime()); // its length
      int lines = owner.lines();

      owner.thaw();

      owner.awaitLine(lines, JOINED);
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      whole.assertSame(stack, id, timeline);
      assertNoOwnerWroteAfterTheNext(id);
    }
  }

  @Tag("nightly")
  @Test
  void ownerFrozen_whileItWritesToTheObjectStore_changesNoObjectWhenItWakes() throws Exception {
    String id = "frozen333";
    stack.intend(id, null);
    try (TranscodeProcess first = new TranscodeProcess(stack, "first");
        TranscodeProcess second = new TranscodeProcess(stack, "second")) {
      List<TranscodeProcess> both = List.of(first, second);
      stack.s3.kill();
      stack.publish(id, records.subList(0, 200));
      TranscodeProcess owner = owner(both, id);
      owner.awaitLine(0, "Object store did not take it, trying again: job=" + id);
      owner.freeze();
      stack.s3.restart();
      stack.publish(id, records.subList(200, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      stack.awaitObject(ObjectKeys.finishedTimeline(id, 0));
      Map<String, String> written = stack.written(id);
      List<Integer> taken = taken(id);
      int lines = owner.lines();

      owner.thaw();

      owner.awaitLine(lines, JOINED);
      assertThat(stack.written(id)).isEqualTo(written);
      assertThat(taken(id)).isEqualTo(taken);
      assertSameRecording(timeline, id);
      assertNoOwnerWroteAfterTheNext(id);
      assertThat(sorted(stack.archive(id))).isEqualTo(json(timeline));
      assertThat(json(timeline)).startsWith(sorted(stack.pages(id)));
    }
  }

  /** How many records of the broadcast the broker ever took, by topic. */
  private static List<Integer> taken(String id) {
    return Stream.of(Topic.MEDIA, Topic.TIMELINE, Topic.CHECKPOINTS)
        .map(topic -> stack.everTaken(topic, id).size())
        .toList();
  }

  /** From the first record of an owner on there is none of an earlier one, committed or not. */
  private static void assertNoOwnerWroteAfterTheNext(String id) {
    assertNeverFalls(
        stack.everTaken(Topic.MEDIA, id), record -> MediaPart.parse(record.value()).epoch());
    assertNeverFalls(
        stack.everTaken(Topic.TIMELINE, id),
        record -> TimelineRecord.parse(record.value()).epoch());
    assertNeverFalls(
        stack.everTaken(Topic.CHECKPOINTS, id), record -> Checkpoint.parse(record.value()).epoch());
  }

  private static void assertNeverFalls(
      List<ConsumerRecord<String, byte[]>> records,
      ToLongFunction<ConsumerRecord<String, byte[]>> epochOf) {
    assertThat(records.stream().mapToLong(epochOf).boxed().toList())
        .as("epochs of %s", records.get(0).topic())
        .isSorted()
        .hasSizeGreaterThan(1);
  }

  /** The one that took the broadcast over last; waits until one has. */
  private static TranscodeProcess owner(List<TranscodeProcess> processes, String id) {
    await("an owner of " + id)
        .atMost(Duration.ofSeconds(90))
        .until(() -> processes.stream().anyMatch(process -> process.epoch(id) > 0));
    return processes.stream()
        .max(Comparator.comparingLong(process -> process.epoch(id)))
        .orElseThrow();
  }

  private static void assertSameRecording(List<TimelineRecord> timeline, String id)
      throws Exception {
    calm.assertSame(stack, id, timeline);
    long epoch = 0;
    for (TimelineRecord record : timeline) {
      assertThat(record.epoch()).isGreaterThanOrEqualTo(epoch);
      epoch = record.epoch();
    }
  }
}

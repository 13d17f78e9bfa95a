package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.assertOrder;
import static io.rostrum.transcode.owner.Timelines.endedAndStored;
import static io.rostrum.transcode.owner.Timelines.facts;
import static io.rostrum.transcode.owner.Timelines.json;
import static io.rostrum.transcode.owner.Timelines.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcoder with a real Kafka, a real S3 server and real codec children. */
class TranscodeIT {
  private static final long KAFKA_AWAY_MS = 6_000;

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
  void broadcast_becomesFactsPartsObjects_thatAgree_andAReplayThatNeedsNothingElse()
      throws Exception {
    String id = "wholeway1";
    stack.intend(id, null);
    stack.publish(id, ClipPublication.records("pub1aaaa", true));
    List<TimelineRecord> timeline;
    try (TranscodeNode node = stack.node()) {
      timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      stack.awaitObject(ObjectKeys.finishedTimeline(id, 0));
    }
    assertOrder(timeline);
    Fact.Open first = facts(timeline, Fact.Open.class).get(0);
    assertThat(first.ladder()).extracting(r -> r.name()).containsExactly("source", "240p", "audio");
    assertThat(first.newInits()).hasSize(3);
    assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    long ticks =
        facts(timeline, Fact.Close.class).stream().mapToLong(Fact.Close::durationTicks).sum();
    assertThat(ticks).isEqualTo(14 * 90_000L);
    Fact.End end = facts(timeline, Fact.End.class).get(0);
    assertThat(end.segments()).isEqualTo(4);
    assertThat(end.durationTicks()).isEqualTo(ticks);

    Map<String, byte[]> parts = stack.parts(id);
    for (Fact.Close close : facts(timeline, Fact.Close.class)) {
      Fact.Stored stored = facts(timeline, Fact.Stored.class).get((int) close.msn());
      close
          .renditions()
          .forEach(
              (name, rendition) -> {
                assertThat(rendition.gap()).isNull();
                byte[] object = stack.object(stored.keys().get(name));
                assertThat(sha256(object)).isEqualTo(rendition.sha256());
                ByteArrayOutputStream joined = new ByteArrayOutputStream();
                for (int i = 0; i < rendition.parts().size(); i++) {
                  byte[] part = parts.get(close.msn() + "/" + i + "/" + name);
                  assertThat(part).hasSize((int) rendition.parts().get(i).bytes());
                  joined.writeBytes(part);
                }
                assertThat(joined.toByteArray()).isEqualTo(object);
              });
    }
    assertThat(stack.archive(id)).isEqualTo(json(timeline));
  }

  @Test
  void transcoderDroppedAgainAndAgain_leavesTheSameObjectsAndFactsAsAnUndisturbedOne()
      throws Exception {
    String wild = "wild1111";
    stack.intend(wild, null);
    List<SourceRecord> records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(ClipPublication.records("pub2aaaa", true));
    CalmRun calm = CalmRun.of(stack, "calm1111", records, stack::node);
    Random random = new Random(7);
    int done = 0;
    for (int life = 0; life < 6; life++) {
      try (TranscodeNode node = stack.node()) {
        int until =
            life == 5 ? records.size() : Math.min(records.size(), done + 40 + random.nextInt(60));
        stack.publish(wild, records.subList(done, until));
        done = until;
        int facts = stack.timeline(wild).size();
        int more = random.nextInt(4);
        // What cannot come yet must not be waited for: the first segment is whole after some 90
        // records.
        int reachable = done > 110 ? 4 : 1;
        stack.awaitTimeline(
            wild,
            timeline ->
                timeline.size() >= Math.min(facts + more, reachable) || endedAndStored(timeline));
      }
    }
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(wild, Timelines::endedAndStored);
      stack.awaitObject(ObjectKeys.finishedTimeline(wild, 0));
    }
    calm.assertSame(stack, wild, stack.timeline(wild));
    assertThat(calm.hashes()).hasSizeGreaterThan(20);
  }

  @Test
  void publisherFromABrowser_betweenTwoOthers_isEncodedToWhatTheSourceWasDeclaredAs()
      throws Exception {
    String id = "mixed1111";
    stack.intend(id, null);
    stack.publish(id, ClipPublication.records("pub1aaaa", false));
    stack.publish(id, ClipPublication.records("pub2aaaa", false, SourceRecord.Protocol.WHIP));
    stack.publish(id, ClipPublication.records("pub3aaaa", true));
    try (TranscodeNode node = stack.node()) {
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOrder(timeline);
      List<Fact.Open> opens = facts(timeline, Fact.Open.class);
      List<Fact.Close> closes = facts(timeline, Fact.Close.class);
      assertThat(closes).hasSize(12);
      String passedThrough = opens.get(0).inits().get("source");
      for (int i = 0; i < closes.size(); i++) {
        assertThat(closes.get(i).renditions().values()).allMatch(r -> r.gap() == null);
        boolean browser = opens.get(i).publication().equals("pub2aaaa");
        assertThat(opens.get(i).inits().get("source").equals(passedThrough)).isEqualTo(!browser);
        long video = closes.get(i).renditions().get("source").durationTicks();
        assertThat(video).isEqualTo(closes.get(i).durationTicks());
      }
    }
  }

  @Test
  void objectStoreAway_liveGoesOn_andEverythingIsStoredWhenItIsBack(@TempDir Path spool)
      throws Exception {
    String id = "storeaway";
    stack.intend(id, null);
    stack.s3.kill();
    for (int i = 1; i <= 3; i++) {
      stack.publish(id, ClipPublication.records("pub" + i + "aaaa", i == 3));
    }
    try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.spool", spool.toString()))) {
      List<TimelineRecord> live =
          stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.End.class).isEmpty());
      assertThat(facts(live, Fact.Close.class)).hasSize(12);
      assertThat(facts(live, Fact.Stored.class)).isEmpty();
      // Four segments wait in memory, the others' three renditions on disk.
      assertThat(spool.toFile().list()).hasSizeGreaterThanOrEqualTo(8 * 3);
      stack.s3.restart();
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      stack.awaitObject(ObjectKeys.finishedTimeline(id, 0));
      assertThat(spool.toFile().list()).isEmpty();
      assertAllStored(timeline);
    }
  }

  @Tag("nightly")
  @Test
  void objectStoreSlow_liveGoesOn_segmentsWaitOnDisk_andTheBacklogDrains(@TempDir Path spool)
      throws Exception {
    String id = "storeslow";
    stack.intend(id, null);
    URI store = URI.create(stack.s3.endpoint());
    try (SlowRelay relay =
            new SlowRelay(new InetSocketAddress(store.getHost(), store.getPort()), 100_000);
        TranscodeNode node =
            stack.node(
                Map.of(
                    "rostrum.s3.endpoint", relay.endpoint(),
                    "rostrum.transcode.spool", spool.toString()))) {
      for (int i = 1; i <= 3; i++) {
        stack.publish(id, ClipPublication.records("pub" + i + "aaaa", i == 3));
      }
      List<TimelineRecord> live =
          stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.End.class).isEmpty());
      assertThat(facts(live, Fact.Close.class)).hasSize(12);
      assertThat(facts(live, Fact.Stored.class)).hasSizeLessThan(8);
      assertThat(spool.toFile().list()).isNotEmpty();

      relay.widen();

      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      stack.awaitObject(ObjectKeys.finishedTimeline(id, 0));
      assertOrder(timeline);
      assertThat(spool.toFile().list()).isEmpty();
      assertAllStored(timeline);
    }
  }

  @Test
  void codecChildThatStandsStill_holdsUpNothingButWhatItEncodes() throws Exception {
    String id = "overload1";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.defer-after", "2s"))) {
      stack.publish(id, records.subList(0, 100));
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      List<ProcessHandle> children = codecChildren();
      assertThat(children).hasSize(1);
      signal("-STOP", children.get(0));
      try {
        stack.publish(id, records.subList(100, records.size() - 1));
        List<TimelineRecord> timeline =
            stack.awaitTimeline(id, t -> facts(t, Fact.Close.class).size() >= 3);
        for (Fact.Close close : facts(timeline, Fact.Close.class).subList(1, 3)) {
          assertThat(close.renditions().get("240p").gap()).startsWith("DEFERRED");
          assertThat(close.renditions().get("source").gap()).isNull();
          assertThat(close.renditions().get("audio").gap()).isNull();
        }
      } finally {
        signal("-CONT", children.get(0));
      }
      stack.publish(id, records.subList(records.size() - 1, records.size()));
      assertOrder(stack.awaitTimeline(id, Timelines::endedAndStored));
    }
  }

  /** Every segment that was closed is in the object store, as it was described. */
  private static void assertAllStored(List<TimelineRecord> timeline) {
    for (Fact.Close close : facts(timeline, Fact.Close.class)) {
      Map<String, String> keys = facts(timeline, Fact.Stored.class).get((int) close.msn()).keys();
      close
          .renditions()
          .forEach(
              (name, r) -> assertThat(sha256(stack.object(keys.get(name)))).isEqualTo(r.sha256()));
    }
  }

  private static List<ProcessHandle> codecChildren() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("codecworker"))
        .toList();
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    assertThat(code).isZero();
  }

  @Test
  void kafkaDies_theTranscoderGoesOnWhenItIsBack() throws Exception {
    String id = "kafkadies";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    try (TranscodeNode node = stack.node()) {
      stack.publish(id, records.subList(0, 120));
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      stack.kafka.kill();
      stack.kafka.restart();
      stack.publish(id, records.subList(120, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOrder(timeline);
      assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    }
  }

  @Test
  void kafkaAway_forLongerThanAPublisherMayBeSilent_isNoSilence() throws Exception {
    String id = "kafkaaway";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    try (TranscodeNode node =
        stack.node(Map.of("rostrum.transcode.publisher-silence", KAFKA_AWAY_MS * 2 / 3 + "ms"))) {
      stack.publish(id, records.subList(0, 60)); // No segment is whole: nothing is to be written.
      stack.awaitTimeline(id, timeline -> !timeline.isEmpty());
      stack.kafka.kill();
      Thread publisher = new Thread(() -> stack.publish(id, records.subList(60, records.size())));
      publisher.start(); // It holds them until Kafka is back, as ingest does.
      TimeUnit.MILLISECONDS.sleep(KAFKA_AWAY_MS); // How long it is away is what is tested.
      stack.kafka.restart();
      publisher.join();
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOrder(timeline);
      assertThat(facts(timeline, Fact.Publisher.class))
          .extracting(Fact.Publisher::connected)
          .containsExactly(true, false);
      assertThat(facts(timeline, Fact.Close.class))
          .hasSize(4)
          .flatExtracting(close -> close.renditions().values())
          .allMatch(rendition -> rendition.gap() == null);
    }
  }

  @Test
  void endWanted_withNobodyConnected_isDecidedByTheTranscoder() throws Exception {
    String id = "nobodythere";
    try (TranscodeNode node = stack.node()) {
      stack.intend(id, Instant.now());
      List<TimelineRecord> timeline = stack.awaitTimeline(id, records -> !records.isEmpty());
      assertThat(timeline).hasSize(1);
      assertThat(facts(timeline, Fact.End.class).get(0).segments()).isZero();
    }
  }

  @Test
  void endWanted_whileTheIngestNodeIsDead_isDecidedByTheTranscoder_andSurvivesIt()
      throws Exception {
    String id = "ingestdead";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", false);
    stack.publish(id, records.subList(0, records.size() - 1));
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(id, timeline -> facts(timeline, Fact.Close.class).size() == 3);
      stack.s3.kill();
      stack.intend(id, Instant.now());
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.End.class).isEmpty());
    }
    stack.s3.restart();
    try (TranscodeNode node = stack.node()) {
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOrder(timeline);
      assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    }
  }
}

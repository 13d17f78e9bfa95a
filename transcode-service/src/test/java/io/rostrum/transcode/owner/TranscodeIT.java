package io.rostrum.transcode.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.S3Process;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The transcoder with a real Kafka, a real S3 server and real codec children. */
class TranscodeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static KafkaProcess kafka;
  private static S3Process s3;
  private static KafkaProducer<String, byte[]> producer;
  private static MinioClient objects;

  @BeforeAll
  static void start() {
    kafka = KafkaProcess.start();
    s3 = S3Process.start();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "acks",
                "all",
                "max.request.size",
                Topic.MAX_RECORD_BYTES),
            new StringSerializer(),
            new ByteArraySerializer());
    objects =
        MinioClient.builder()
            .endpoint(s3.endpoint())
            .credentials(s3.accessKey(), s3.secretKey())
            .build();
  }

  @AfterAll
  static void stop() {
    producer.close();
    s3.close();
    kafka.close();
  }

  @Test
  void broadcast_becomesFactsPartsObjects_thatAgree_andAReplayThatNeedsNothingElse()
      throws Exception {
    String id = "wholeway1";
    intend(id, null);
    publish(id, ClipPublication.records("pub1aaaa", true));
    List<TimelineRecord> timeline;
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      timeline = awaitTimeline(id, TranscodeIT::endedAndStored);
      awaitObject(ObjectKeys.finishedTimeline(id, 0));
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

    Map<String, byte[]> parts = parts(id);
    for (Fact.Close close : facts(timeline, Fact.Close.class)) {
      Fact.Stored stored = facts(timeline, Fact.Stored.class).get((int) close.msn());
      close
          .renditions()
          .forEach(
              (name, rendition) -> {
                assertThat(rendition.gap()).isNull();
                byte[] object = object(stored.keys().get(name));
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
    assertThat(archive(id)).isEqualTo(json(timeline));
  }

  @Test
  void transcoderDroppedAgainAndAgain_leavesTheSameObjectsAndFactsAsAnUndisturbedOne()
      throws Exception {
    String calm = "calm1111";
    String wild = "wild1111";
    intend(calm, null);
    intend(wild, null);
    List<SourceRecord> records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(ClipPublication.records("pub2aaaa", true));
    publish(calm, records);
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      awaitTimeline(calm, TranscodeIT::endedAndStored);
    }
    Random random = new Random(7);
    int done = 0;
    for (int life = 0; life < 6; life++) {
      try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
        int until =
            life == 5 ? records.size() : Math.min(records.size(), done + 40 + random.nextInt(60));
        publish(wild, records.subList(done, until));
        done = until;
        int facts = timeline(wild).size();
        int more = random.nextInt(4);
        // What cannot come yet must not be waited for: the first segment is whole after some 90
        // records.
        int reachable = done > 110 ? 4 : 1;
        awaitTimeline(
            wild,
            timeline ->
                timeline.size() >= Math.min(facts + more, reachable) || endedAndStored(timeline));
      }
    }
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      awaitTimeline(wild, TranscodeIT::endedAndStored);
      awaitObject(ObjectKeys.finishedTimeline(wild, 0));
    }
    assertOrder(timeline(wild));
    assertThat(comparable(timeline(wild), wild)).isEqualTo(comparable(timeline(calm), calm));
    assertThat(hashes(wild)).isEqualTo(hashes(calm)).hasSizeGreaterThan(20);
  }

  @Test
  void objectStoreAway_liveGoesOn_andEverythingIsStoredWhenItIsBack() throws Exception {
    String id = "storeaway";
    intend(id, null);
    s3.kill();
    publish(id, ClipPublication.records("pub1aaaa", true));
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      List<TimelineRecord> live =
          awaitTimeline(id, timeline -> !facts(timeline, Fact.End.class).isEmpty());
      assertThat(facts(live, Fact.Close.class)).hasSize(4);
      assertThat(facts(live, Fact.Stored.class)).isEmpty();
      s3.restart();
      awaitTimeline(id, TranscodeIT::endedAndStored);
      awaitObject(ObjectKeys.finishedTimeline(id, 0));
    }
  }

  @Test
  void kafkaDies_theTranscoderGoesOnWhenItIsBack() throws Exception {
    String id = "kafkadies";
    intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      publish(id, records.subList(0, 120));
      awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      kafka.kill();
      kafka.restart();
      publish(id, records.subList(120, records.size()));
      List<TimelineRecord> timeline = awaitTimeline(id, TranscodeIT::endedAndStored);
      assertOrder(timeline);
      assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    }
  }

  @Test
  void endWanted_withNobodyConnected_isDecidedByTheTranscoder() throws Exception {
    String id = "nobodythere";
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      intend(id, Instant.now());
      List<TimelineRecord> timeline = awaitTimeline(id, records -> !records.isEmpty());
      assertThat(timeline).hasSize(1);
      assertThat(facts(timeline, Fact.End.class).get(0).segments()).isZero();
    }
  }

  @Test
  void endWanted_whileTheIngestNodeIsDead_isDecidedByTheTranscoder_andSurvivesIt()
      throws Exception {
    String id = "ingestdead";
    intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", false);
    publish(id, records.subList(0, records.size() - 1));
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      awaitTimeline(id, timeline -> facts(timeline, Fact.Close.class).size() == 3);
      s3.kill();
      intend(id, Instant.now());
      awaitTimeline(id, timeline -> !facts(timeline, Fact.End.class).isEmpty());
    }
    s3.restart();
    try (TranscodeNode node = new TranscodeNode(kafka.bootstrapServers(), s3)) {
      List<TimelineRecord> timeline = awaitTimeline(id, TranscodeIT::endedAndStored);
      assertOrder(timeline);
      assertThat(facts(timeline, Fact.Close.class)).hasSize(4);
    }
  }

  private static boolean endedAndStored(List<TimelineRecord> timeline) {
    return !facts(timeline, Fact.End.class).isEmpty()
        && facts(timeline, Fact.Stored.class).size() == facts(timeline, Fact.Close.class).size();
  }

  /** Numbers without holes, and each segment opened, closed and stored once, in that order. */
  private static void assertOrder(List<TimelineRecord> timeline) {
    for (int i = 0; i < timeline.size(); i++) {
      assertThat(timeline.get(i).seq()).isEqualTo(i);
    }
    long open = -1;
    long closed = -1;
    long stored = -1;
    for (TimelineRecord record : timeline) {
      Fact fact = record.fact();
      if (fact instanceof Fact.Open now) {
        assertThat(now.msn()).isEqualTo(++open).isEqualTo(closed + 1);
      } else if (fact instanceof Fact.Close now) {
        assertThat(now.msn()).isEqualTo(++closed).isEqualTo(open);
      } else if (fact instanceof Fact.Stored now) {
        assertThat(now.msn()).isEqualTo(++stored).isLessThanOrEqualTo(closed);
      }
    }
  }

  /**
   * Facts but for what legitimately differs between two runs: times of day, offsets, epochs, order
   * of {@code stored}.
   */
  private static List<String> comparable(List<TimelineRecord> timeline, String id) {
    return timeline.stream()
        .map(TimelineRecord::fact)
        .filter(fact -> !(fact instanceof Fact.Stored))
        .map(
            fact ->
                new String(
                        io.rostrum.contracts.json.ContractJson.write(fact), StandardCharsets.UTF_8)
                    .replaceAll("\"at\":\"[^\"]*\"", "")
                    .replaceAll("\"mediaOffset\":\\d+", "")
                    .replace(id, "ID"))
        .toList();
  }

  private static <F extends Fact> List<F> facts(List<TimelineRecord> timeline, Class<F> type) {
    return timeline.stream()
        .map(TimelineRecord::fact)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static void intend(String id, Instant endRequestedAt) throws Exception {
    BroadcastIntent intent =
        new BroadcastIntent(
            id,
            endRequestedAt == null ? 1 : 2,
            "Test",
            Audience.signedIn(),
            List.of(),
            true,
            null,
            0,
            null,
            false,
            endRequestedAt);
    producer.send(new ProducerRecord<>(Topic.BROADCASTS.topicName(), id, intent.toBytes())).get();
  }

  private static void publish(String id, List<SourceRecord> records) {
    records.forEach(
        record ->
            producer.send(new ProducerRecord<>(Topic.SOURCE.topicName(), id, record.toBytes())));
    producer.flush();
  }

  private static List<TimelineRecord> awaitTimeline(
      String id, Predicate<List<TimelineRecord>> enough) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<TimelineRecord> found = timeline(id);
    while (!enough.test(found)) {
      assertThat(System.nanoTime()).as("timeline of %s so far: %s", id, found).isLessThan(end);
      found = timeline(id);
    }
    return found;
  }

  private static List<TimelineRecord> timeline(String id) {
    return read(Topic.TIMELINE, id).stream()
        .map(record -> TimelineRecord.parse(record.value()))
        .toList();
  }

  private static Map<String, byte[]> parts(String id) {
    Map<String, byte[]> parts = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : read(Topic.MEDIA, id)) {
      MediaPart part = MediaPart.parse(record.value());
      byte[] bytes = new byte[part.payload().remaining()];
      part.payload().get(bytes);
      parts.putIfAbsent(part.msn() + "/" + part.part() + "/" + part.rendition(), bytes);
    }
    return parts;
  }

  private static List<ConsumerRecord<String, byte[]>> read(Topic topic, String id) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new java.util.HashMap<>(consumer.endOffsets(partitions));
      while (!ends.isEmpty()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (record.key().equals(id)) {
            found.add(record);
          }
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
    return found;
  }

  private static Map<String, String> hashes(String id) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (var item :
        objects.listObjects(
            ListObjectsArgs.builder()
                .bucket(s3.bucket())
                .prefix(ObjectKeys.broadcastPrefix(id))
                .recursive(true)
                .build())) {
      String key = item.get().objectName();
      if (!key.contains("timeline")) {
        hashes.put(key.substring(ObjectKeys.broadcastPrefix(id).length()), sha256(object(key)));
      }
    }
    return hashes;
  }

  private static void awaitObject(String key) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (object(key) == null) {
      assertThat(System.nanoTime()).as("object %s", key).isLessThan(end);
    }
  }

  /** The object's bytes; null if there is none. */
  private static byte[] object(String key) {
    try (var in =
        objects.getObject(GetObjectArgs.builder().bucket(s3.bucket()).object(key).build())) {
      return in.readAllBytes();
    } catch (Exception e) {
      return null;
    }
  }

  private static String archive(String id) throws Exception {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(object(ObjectKeys.finishedTimeline(id, 0))))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String json(List<TimelineRecord> timeline) {
    StringBuilder lines = new StringBuilder();
    timeline.forEach(
        record -> lines.append(new String(record.toBytes(), StandardCharsets.UTF_8)).append('\n'));
    return lines.toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

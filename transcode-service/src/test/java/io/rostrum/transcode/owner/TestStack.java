package io.rostrum.transcode.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.S3Process;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
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

/** A real Kafka and a real S3 server, and what a test says to them and asks of them. */
final class TestStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final KafkaProcess kafka = KafkaProcess.start();
  final S3Process s3 = S3Process.start();
  private final KafkaProducer<String, byte[]> producer =
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
  private final MinioClient objects =
      MinioClient.builder()
          .endpoint(s3.endpoint())
          .credentials(s3.accessKey(), s3.secretKey())
          .build();

  TranscodeNode node() {
    return node(Map.of());
  }

  TranscodeNode node(Map<String, String> settings) {
    return new TranscodeNode(kafka.bootstrapServers(), s3, settings);
  }

  @Override
  public void close() {
    producer.close();
    s3.close();
    kafka.close();
  }

  void intend(String id, Instant endRequestedAt) throws Exception {
    intend(id, endRequestedAt, null);
  }

  void intend(String id, Instant endRequestedAt, Duration autoEnd) throws Exception {
    intend(id, endRequestedAt, autoEnd, null);
  }

  void repair(String id, Repair repair) throws Exception {
    intend(id, null, null, repair);
  }

  private void intend(String id, Instant endRequestedAt, Duration autoEnd, Repair repair)
      throws Exception {
    BroadcastIntent intent =
        new BroadcastIntent(
            id,
            endRequestedAt == null && repair == null ? 1 : 2,
            "Test",
            Audience.signedIn(),
            List.of(),
            true,
            autoEnd,
            0,
            null,
            false,
            endRequestedAt,
            repair);
    producer.send(new ProducerRecord<>(Topic.BROADCASTS.topicName(), id, intent.toBytes())).get();
  }

  void publish(String id, List<SourceRecord> records) {
    records.forEach(
        record ->
            producer.send(new ProducerRecord<>(Topic.SOURCE.topicName(), id, record.toBytes())));
    producer.flush();
  }

  List<TimelineRecord> awaitTimeline(String id, Predicate<List<TimelineRecord>> enough) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<TimelineRecord> found = timeline(id);
    while (!enough.test(found)) {
      assertThat(System.nanoTime()).as("timeline of %s so far: %s", id, found).isLessThan(end);
      found = timeline(id);
    }
    return found;
  }

  List<TimelineRecord> timeline(String id) {
    return read(Topic.TIMELINE, id).stream()
        .map(record -> TimelineRecord.parse(record.value()))
        .toList();
  }

  List<HealthReport> health(String id) {
    return read(Topic.HEALTH, id).stream()
        .map(record -> HealthReport.parse(record.value()))
        .toList();
  }

  /** How long each of the next parts was on its way to here, in milliseconds. */
  LongStream watchMedia(String id, int parts) {
    LongStream.Builder took = LongStream.builder();
    try (KafkaConsumer<String, byte[]> consumer = consumer("read_uncommitted")) {
      List<TopicPartition> partitions = partitions(consumer, Topic.MEDIA);
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      for (int seen = 0; seen < parts; ) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (record.key().equals(id)) {
            took.add(System.currentTimeMillis() - record.timestamp());
            seen++;
          }
        }
      }
    }
    return took.build();
  }

  Map<String, byte[]> parts(String id) {
    Map<String, byte[]> parts = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : everTaken(Topic.MEDIA, id)) {
      MediaPart part = MediaPart.parse(record.value());
      byte[] bytes = new byte[part.payload().remaining()];
      part.payload().get(bytes);
      parts.putIfAbsent(part.msn() + "/" + part.part() + "/" + part.rendition(), bytes);
    }
    return parts;
  }

  List<ConsumerRecord<String, byte[]>> read(Topic topic, String id) {
    return read(topic, id, "read_committed");
  }

  /** What the broker ever took, of transactions that were given up too. */
  List<ConsumerRecord<String, byte[]>> everTaken(Topic topic, String id) {
    return read(topic, id, "read_uncommitted");
  }

  private List<ConsumerRecord<String, byte[]>> read(Topic topic, String id, String isolation) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer(isolation)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
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

  private KafkaConsumer<String, byte[]> consumer(String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<String, byte[]> consumer, Topic topic) {
    return consumer.partitionsFor(topic.topicName()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** SHA-256 of each of its segments' objects, by name; when nothing is written any more. */
  Map<String, String> hashes(String id) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (String name : names(id)) {
      hashes.put(name, Timelines.sha256(object(ObjectKeys.broadcastPrefix(id) + name)));
    }
    return hashes;
  }

  /** Its segments' objects, as far as they are listed: one may not be readable yet. */
  List<String> names(String id) throws Exception {
    List<String> names = new ArrayList<>();
    for (var item :
        objects.listObjects(
            ListObjectsArgs.builder()
                .bucket(s3.bucket())
                .prefix(ObjectKeys.broadcastPrefix(id))
                .recursive(true)
                .build())) {
      String key = item.get().objectName();
      if (!key.contains("timeline") && !key.contains("/revisions/")) {
        names.add(key.substring(ObjectKeys.broadcastPrefix(id).length()));
      }
    }
    return names;
  }

  /** When each object was written, and what it holds. */
  Map<String, String> written(String id) throws Exception {
    Map<String, String> written = new TreeMap<>();
    for (var item :
        objects.listObjects(
            ListObjectsArgs.builder()
                .bucket(s3.bucket())
                .prefix(ObjectKeys.broadcastPrefix(id))
                .recursive(true)
                .build())) {
      written.put(item.get().objectName(), item.get().lastModified() + " " + item.get().etag());
    }
    return written;
  }

  void awaitObject(String key) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (object(key) == null) {
      assertThat(System.nanoTime()).as("object %s", key).isLessThan(end);
    }
  }

  /** The object's bytes; null if there is none. */
  byte[] object(String key) {
    try (var in =
        objects.getObject(GetObjectArgs.builder().bucket(s3.bucket()).object(key).build())) {
      return in.readAllBytes();
    } catch (Exception e) {
      return null;
    }
  }

  /** The facts in the timeline's pages, one page after the other. */
  String pages(String id) throws Exception {
    StringBuilder facts = new StringBuilder();
    for (String key : written(id).keySet()) {
      if (key.startsWith(ObjectKeys.timelinePages(id)) && key.endsWith(".ndjson")) {
        facts.append(new String(object(key), StandardCharsets.UTF_8));
      }
    }
    return facts.toString();
  }

  String archive(String id) throws Exception {
    return unzipped(ObjectKeys.finishedTimeline(id, 0));
  }

  /** The facts in a timeline object. */
  List<TimelineRecord> archived(String key) throws Exception {
    return unzipped(key)
        .lines()
        .map(line -> TimelineRecord.parse(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private String unzipped(String key) throws Exception {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object(key)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

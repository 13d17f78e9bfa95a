package io.rostrum.ingest.it;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Stands in for catalog and transcode: writes intents and facts, reads what ingest wrote. */
final class SourceTopic implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();

  SourceTopic(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 500),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "reconnect.backoff.max.ms",
                500,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.SOURCE.topicName()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  void intent(BroadcastIntent intent) throws Exception {
    send(Topic.BROADCASTS, intent.id(), intent.toBytes());
  }

  void fact(String broadcastId, long seq, Fact fact) throws Exception {
    TimelineRecord record = new TimelineRecord(broadcastId, seq, 1, Instant.now(), fact);
    send(Topic.TIMELINE, broadcastId, record.toBytes());
  }

  private void send(Topic topic, String key, byte[] value) throws Exception {
    producer
        .send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  /** All records of a broadcast, once one of them is as wanted. */
  List<SourceRecord> awaitRecord(String broadcastId, Predicate<SourceRecord> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      List<SourceRecord> records = recordsOf(broadcastId);
      if (records.stream().anyMatch(wanted)) {
        return records;
      }
      consumer.poll(Duration.ofMillis(100)).forEach(read::add);
    }
    throw new AssertionError("no such record among " + summary(recordsOf(broadcastId)));
  }

  /** All records of a broadcast, once {@code count} of its publications have ended. */
  List<SourceRecord> awaitEnds(String broadcastId, int count) {
    return awaitRecord(
        broadcastId,
        r ->
            recordsOf(broadcastId).stream()
                    .filter(SourceRecord.PublicationEnd.class::isInstance)
                    .count()
                >= count);
  }

  private List<SourceRecord> recordsOf(String broadcastId) {
    return read.stream()
        .filter(r -> new String(r.key(), StandardCharsets.UTF_8).equals(broadcastId))
        .map(r -> SourceRecord.parse(r.value()))
        .toList();
  }

  private static String summary(List<SourceRecord> records) {
    return records.size()
        + " records, last "
        + (records.isEmpty() ? "-" : records.get(records.size() - 1).getClass());
  }

  /** Header and chunks as a file that players play. */
  static Path toFile(Path folder, List<SourceRecord> records) throws IOException {
    Path file = Files.createTempFile(folder, "source", ".mp4");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (SourceRecord record : records) {
        if (record instanceof SourceRecord.PublicationStart start) {
          out.write(start.init());
        } else if (record instanceof SourceRecord.Chunk chunk) {
          out.write(chunk.payloadBytes());
        }
      }
    }
    return file;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    consumer.close();
  }
}

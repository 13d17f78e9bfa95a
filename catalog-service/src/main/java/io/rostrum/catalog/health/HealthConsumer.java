package io.rostrum.catalog.health;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of the health topic from what still counts on. No consumer group: every
 * catalog instance reads everything. One thread.
 */
final class HealthConsumer implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @throws IllegalStateException if the topic does not exist yet
   */
  HealthConsumer(String bootstrapServers, Instant now) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "rostrum-catalog-health",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // Whoever fell out of retention has missed nothing that still counts.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                8_000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      seek(now.minus(HealthReport.LIFETIME));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void seek(Instant from) {
    List<PartitionInfo> found = consumer.partitionsFor(Topic.HEALTH.topicName());
    if (found == null || found.isEmpty()) {
      throw new IllegalStateException(
          "the topic " + Topic.HEALTH.topicName() + " does not exist yet");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    Map<TopicPartition, OffsetAndTimestamp> starts =
        consumer.offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(partition -> partition, any -> from.toEpochMilli())));
    starts.forEach(
        (partition, start) -> {
          if (start != null) {
            consumer.seek(partition, start.offset());
          }
        });
  }

  /** Waits for reports. */
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    return consumer.poll(timeout);
  }

  @Override
  public void close() {
    // The client does not close under an interrupt, which is how the work loop is ended.
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close(CLOSE_WAIT);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

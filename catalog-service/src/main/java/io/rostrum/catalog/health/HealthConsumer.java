package io.rostrum.catalog.health;

import io.rostrum.catalog.work.TopicReader;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Opens the health topic at what still counts. */
final class HealthConsumer {
  private HealthConsumer() {}

  /**
   * @throws IllegalStateException if the topic does not exist yet
   */
  static TopicReader open(String bootstrapServers, Instant now) {
    Instant from = now.minus(HealthReport.LIFETIME);
    return new TopicReader(
        bootstrapServers,
        Topic.HEALTH,
        // Whoever fell out of retention has missed nothing that still counts.
        Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"),
        (consumer, partitions) -> start(consumer, partitions, from));
  }

  private static Map<TopicPartition, Long> start(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant from) {
    Map<TopicPartition, Long> start = new HashMap<>(consumer.endOffsets(partitions));
    consumer
        .offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(partition -> partition, any -> from.toEpochMilli())))
        .forEach(
            (partition, found) -> {
              if (found != null) {
                start.put(partition, found.offset());
              }
            });
    return start;
  }
}

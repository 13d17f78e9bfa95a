package io.rostrum.catalog.timeline;

import io.rostrum.contracts.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads all partitions of the timeline topic from given positions on. No consumer group: every
 * catalog instance reads everything, and nobody waits for a dead member's session. One thread.
 */
final class TimelineConsumer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TimelineConsumer.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<Integer> remade = new HashSet<>();

  /**
   * @param positions offset to go on from, by partition; from the beginning where absent
   */
  TimelineConsumer(String bootstrapServers, Map<Integer, Long> positions) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "rostrum-catalog-timeline",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // An offset that is not there is looked at by seek(), never silently passed over.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                8_000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try {
      seek(positions);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void seek(Map<Integer, Long> positions) {
    List<PartitionInfo> found = consumer.partitionsFor(Topic.TIMELINE.topicName());
    if (found == null || found.isEmpty()) {
      throw new IllegalStateException(
          "the topic " + Topic.TIMELINE.topicName() + " does not exist yet");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(
          partition,
          new OffsetAndMetadata(
              start(
                  partition.partition(),
                  positions.get(partition.partition()),
                  first.get(partition),
                  end.get(partition))));
    }
  }

  private long start(int partition, Long position, long first, long end) {
    if (position == null) {
      return first;
    }
    if (position > end) {
      LOG.errorf(
          "Timeline topic was made anew: its partition is read from the beginning"
              + " partition=%d position=%d end=%d",
          partition, position, end);
      remade.add(partition);
      return first;
    }
    if (position < first) {
      LOG.errorf(
          "Facts went out of retention before they were indexed partition=%d position=%d first=%d",
          partition, position, first);
      return first;
    }
    return position;
  }

  /** Partitions whose position lies behind their end, so that it means nothing any more. */
  Set<Integer> remadePartitions() {
    return Set.copyOf(remade);
  }

  /** Waits for records. */
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

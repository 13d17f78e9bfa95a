package io.rostrum.catalog.timeline;

import io.rostrum.catalog.work.TopicReader;
import io.rostrum.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads all partitions of the timeline topic from given positions on. One thread. */
final class TimelineConsumer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TimelineConsumer.class);

  private final TopicReader reader;
  private final Set<Integer> remade = new HashSet<>();

  /**
   * @param positions offset to go on from, by partition; from the beginning where absent
   */
  TimelineConsumer(String bootstrapServers, Map<Integer, Long> positions) {
    reader =
        new TopicReader(
            bootstrapServers,
            Topic.TIMELINE,
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                // An offset that is not there is looked at by start(), never silently passed over.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                500),
            (consumer, partitions) -> starts(consumer, partitions, positions));
  }

  private Map<TopicPartition, Long> starts(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<Integer, Long> positions) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      starts.put(
          partition,
          start(
              partition.partition(),
              positions.get(partition.partition()),
              first.get(partition),
              end.get(partition)));
    }
    return starts;
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
    return reader.poll(timeout);
  }

  @Override
  public void close() {
    reader.close();
  }
}

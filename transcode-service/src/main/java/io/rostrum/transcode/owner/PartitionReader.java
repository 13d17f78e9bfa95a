package io.rostrum.transcode.owner;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Topic;
import io.rostrum.transcode.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads checkpoints and the ends of partitions. The owner loop's thread only. */
final class PartitionReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PartitionReader.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, byte[]> consumer;

  PartitionReader(KafkaConsumer<String, byte[]> committed) {
    consumer = committed;
  }

  /** The offset of the next record in a partition, as far as it is committed. */
  long end(Topic topic, int partition) {
    TopicPartition of = new TopicPartition(topic.topicName(), partition);
    return consumer.endOffsets(List.of(of)).get(of);
  }

  /** The last checkpoint of every broadcast in the partitions. */
  Map<Integer, Map<String, Checkpoint>> checkpoints(Set<Integer> partitions) {
    Set<TopicPartition> assigned =
        partitions.stream()
            .map(partition -> new TopicPartition(Topic.CHECKPOINTS.topicName(), partition))
            .collect(Collectors.toSet());
    Map<Integer, Map<String, Checkpoint>> found = new HashMap<>();
    partitions.forEach(partition -> found.put(partition, new HashMap<>()));
    consumer.assign(assigned);
    consumer.seekToBeginning(assigned);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(assigned));
    while (!ends.isEmpty()) {
      consumer.poll(POLL).forEach(record -> put(found.get(record.partition()), record));
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    }
    consumer.unsubscribe();
    return found;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static void put(Map<String, Checkpoint> found, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      found.remove(record.key());
      return;
    }
    try {
      found.put(record.key(), Checkpoint.parse(record.value()));
    } catch (ContractException e) {
      LOG.errorf(
          "Checkpoint skipped, the broadcast starts anew from the source: broadcast=%s error=%s",
          record.key(), e.getMessage());
    }
  }
}

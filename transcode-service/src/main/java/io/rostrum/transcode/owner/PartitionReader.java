package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads checkpoints and the ends of partitions. The owner loop's thread only. */
final class PartitionReader implements AutoCloseable {
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

  /** Reads the checkpoints of partitions on, to the committed end. */
  void read(Map<Integer, CheckpointLog> logs) {
    Map<TopicPartition, CheckpointLog> assigned = new HashMap<>();
    logs.forEach(
        (partition, log) ->
            assigned.put(new TopicPartition(Topic.CHECKPOINTS.topicName(), partition), log));
    consumer.assign(assigned.keySet());
    assigned.forEach((partition, log) -> consumer.seek(partition, log.nextOffset()));
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(assigned.keySet()));
    while (!ends.isEmpty()) {
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (!ends.isEmpty()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          logs.get(record.partition()).add(record);
        }
      }
    }
    assigned.forEach((partition, log) -> log.readUntil(consumer.position(partition)));
    consumer.unsubscribe();
  }

  @Override
  public void close() {
    consumer.close();
  }
}

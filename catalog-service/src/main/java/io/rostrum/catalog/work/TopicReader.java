package io.rostrum.catalog.work;

import io.rostrum.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of a topic, from where its user says. No consumer group: every catalog
 * instance reads everything, and nobody waits for a dead member's session. One thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  /** Says where to begin. */
  public interface Start {
    /** The offset to begin at, for each of {@code partitions}. */
    Map<TopicPartition, Long> offsets(
        KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions);
  }

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param settings added to those that all readers have
   * @throws IllegalStateException if the topic does not exist yet
   */
  public TopicReader(
      String bootstrapServers, Topic topic, Map<String, Object> settings, Start start) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(
        ConsumerConfig.CLIENT_ID_CONFIG,
        "rostrum-catalog-" + topic.name().toLowerCase(Locale.ROOT));
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000);
    all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      begin(topic, start);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void begin(Topic topic, Start start) {
    List<PartitionInfo> found = consumer.partitionsFor(topic.topicName());
    if (found == null || found.isEmpty()) {
      throw new IllegalStateException("the topic " + topic.topicName() + " does not exist yet");
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    start
        .offsets(consumer, partitions)
        .forEach((partition, offset) -> consumer.seek(partition, new OffsetAndMetadata(offset)));
  }

  /** Waits for records. */
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
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

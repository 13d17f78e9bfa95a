package io.rostrum.catalog.stack;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the catalog tells the other services. */
public final class BroadcastsTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String bootstrapServers;

  public BroadcastsTopic(TestStack stack) {
    this.bootstrapServers = stack.kafkaBootstrapServers();
  }

  /**
   * All records of a broadcast, up to the first that is awaited; empty for the tombstone.
   *
   * @throws AssertionError if it does not come
   */
  public List<Optional<BroadcastIntent>> until(
      String broadcastId, Predicate<Optional<BroadcastIntent>> awaited) {
    List<Optional<BroadcastIntent>> seen = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.BROADCASTS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadlineNanos) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key().equals(broadcastId)) {
            Optional<BroadcastIntent> intent =
                Optional.ofNullable(record.value()).map(BroadcastIntent::parse);
            seen.add(intent);
            if (awaited.test(intent)) {
              return seen;
            }
          }
        }
      }
    }
    throw new AssertionError("not there in " + PATIENCE + "; records of the broadcast: " + seen);
  }

  /** The first intent of a broadcast that is as awaited. */
  public BroadcastIntent await(String broadcastId, Predicate<BroadcastIntent> awaited) {
    List<Optional<BroadcastIntent>> seen =
        until(broadcastId, intent -> intent.isPresent() && awaited.test(intent.get()));
    return seen.get(seen.size() - 1).orElseThrow();
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}

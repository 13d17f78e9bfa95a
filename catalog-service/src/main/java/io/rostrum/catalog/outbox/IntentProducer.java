package io.rostrum.catalog.outbox;

import io.rostrum.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The relay's connection to Kafka. One thread. */
final class IntentProducer implements AutoCloseable {
  private static final int DELIVERY_TIMEOUT_MS = 8_000;

  private final KafkaProducer<byte[], byte[]> producer;

  IntentProducer(String bootstrapServers) {
    // Idempotence keeps the order within a partition across the client's own retries.
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "rostrum-catalog-outbox",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                4_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_TIMEOUT_MS,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Connects, so that the first record does not have to wait for it. */
  void warmUp() {
    producer.partitionsFor(Topic.BROADCASTS.topicName());
  }

  /**
   * Returns when Kafka has acknowledged all of them.
   *
   * @throws ExecutionException if it refused one: how many of them are written is not known
   */
  void send(List<OutboxEntry> entries)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(entries.size());
    for (OutboxEntry entry : entries) {
      byte[] key = entry.broadcastId.getBytes(StandardCharsets.UTF_8);
      byte[] value = entry.payload == null ? null : entry.payload.getBytes(StandardCharsets.UTF_8);
      acknowledgements.add(
          producer.send(new ProducerRecord<>(Topic.BROADCASTS.topicName(), key, value)));
    }
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      acknowledgement.get(DELIVERY_TIMEOUT_MS * 2L, TimeUnit.MILLISECONDS);
    }
  }

  /** Gives up what is under way: after a failure nothing old may arrive behind something newer. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

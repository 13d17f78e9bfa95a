package io.rostrum.catalog.stack;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes facts as transcode does: in transactions. */
public final class TimelineTopic implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  public TimelineTopic(TestStack stack) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafkaBootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "test-" + UUID.randomUUID()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Appends facts, numbered from {@code firstSeq}, in one transaction. */
  public void append(String broadcastId, long firstSeq, Fact... facts) {
    producer.beginTransaction();
    send(broadcastId, firstSeq, Arrays.asList(facts));
    producer.commitTransaction();
  }

  /** Appends facts in a transaction that is given up: nobody may see them. */
  public void appendAborted(String broadcastId, long firstSeq, Fact... facts) {
    producer.beginTransaction();
    send(broadcastId, firstSeq, Arrays.asList(facts));
    producer.flush();
    producer.abortTransaction();
  }

  /** Appends something that is not a fact. */
  public void appendRaw(String broadcastId, byte[] value) {
    producer.beginTransaction();
    producer.send(record(broadcastId, value));
    producer.commitTransaction();
  }

  private void send(String broadcastId, long firstSeq, List<Fact> facts) {
    long seq = firstSeq;
    for (Fact fact : facts) {
      TimelineRecord value =
          new TimelineRecord(broadcastId, seq++, 1, Instant.parse("2026-01-05T09:00:00Z"), fact);
      producer.send(record(broadcastId, value.toBytes()));
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String broadcastId, byte[] value) {
    return new ProducerRecord<>(
        Topic.TIMELINE.topicName(), broadcastId.getBytes(StandardCharsets.UTF_8), value);
  }

  @Override
  public void close() {
    producer.close();
  }
}

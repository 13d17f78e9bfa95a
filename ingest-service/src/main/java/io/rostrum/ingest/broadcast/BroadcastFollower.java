package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Keeps the {@link BroadcastDirectory} as the topics say. Nothing is admitted before both are read
 * to their end (DESIGN.md, "Flow"); from then on nobody is waited for.
 */
@ApplicationScoped
public class BroadcastFollower {

  private final BroadcastDirectory directory;
  private final Map<String, Object> kafka;
  private final TopicFollower broadcasts;
  private final TopicFollower timeline;

  BroadcastFollower(
      BroadcastDirectory directory, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.directory = directory;
    this.kafka = kafka;
    this.broadcasts = new TopicFollower(Topic.BROADCASTS.topicName(), this::consumer, this::intent);
    this.timeline = new TopicFollower(Topic.TIMELINE.topicName(), this::consumer, this::fact);
  }

  public void start() {
    broadcasts.start();
    timeline.start();
  }

  public void stop() {
    broadcasts.close();
    timeline.close();
  }

  /** Whether the directory can be relied on. */
  public boolean isReady() {
    return broadcasts.isCaughtUp() && timeline.isCaughtUp();
  }

  /** What stands in the way of reading; empty while nothing does. */
  public Optional<String> trouble() {
    String trouble = broadcasts.trouble().isEmpty() ? timeline.trouble() : broadcasts.trouble();
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  private void intent(ConsumerRecord<byte[], byte[]> record) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    directory.apply(id, record.value() == null ? null : BroadcastIntent.parse(record.value()));
  }

  private void fact(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      TimelineRecord fact = TimelineRecord.parse(record.value());
      directory.apply(fact.broadcast(), fact.fact());
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // Facts are written in transactions: only those that were committed are facts.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

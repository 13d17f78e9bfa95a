package io.rostrum.playback.intake;

import io.rostrum.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads all partitions of a topic on a thread of its own, without a group and without an end.
 *
 * <p>Kafka may be away or slow at any time: what was read stays, reading goes on when it is back.
 */
final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final long BACK_OFF_MS = 1000;

  private final Topic topic;
  private final String bootstrapServers;
  private final boolean readCommitted;
  private final Map<Integer, Long> positions = new HashMap<>();
  private final Taker taker;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile Consumer<String, byte[]> consumer;

  /** Takes what was read, on the follower's thread. */
  @FunctionalInterface
  interface Taker {
    void take(ConsumerRecords<String, byte[]> records);
  }

  /**
   * @param from offset to start at per partition; from the beginning where absent
   * @param taker must not throw: what it throws is logged, and the records are passed over
   */
  TopicFollower(
      Topic topic,
      String bootstrapServers,
      boolean readCommitted,
      Map<Integer, Long> from,
      Taker taker) {
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.readCommitted = readCommitted;
    this.positions.putAll(from);
    this.taker = taker;
    this.thread = new Thread(this::run, "follow-" + topic.topicName());
    thread.setDaemon(true);
  }

  TopicFollower start() {
    thread.start();
    return this;
  }

  /** Done when everything was read that was in the topic at the start. */
  CompletableFuture<Void> caughtUp() {
    return caughtUp;
  }

  private void run() {
    while (!stopping) {
      try (Consumer<String, byte[]> opened = open(bootstrapServers, topic, readCommitted)) {
        consumer = opened;
        follow(opened);
      } catch (WakeupException | InterruptException expected) {
        // Told to stop; the loop looks.
      } catch (RuntimeException e) {
        LOG.warnf("topic cannot be read, trying again: topic=%s error=%s", topic.topicName(), e);
        backOff();
      }
    }
  }

  private void follow(Consumer<String, byte[]> opened) {
    List<TopicPartition> partitions = partitions(opened, topic);
    if (partitions.isEmpty()) {
      LOG.warnf("topic is not there yet, waiting: topic=%s", topic.topicName());
      backOff();
      return;
    }
    opened.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long position = positions.get(partition.partition());
      if (position == null) {
        opened.seekToBeginning(List.of(partition));
      } else {
        opened.seek(partition, position);
      }
    }
    Map<TopicPartition, Long> ends = opened.endOffsets(partitions, CALL);
    while (!stopping) {
      ConsumerRecords<String, byte[]> records = opened.poll(POLL);
      if (!records.isEmpty()) {
        take(records);
      }
      boolean atEnd = true;
      for (TopicPartition partition : caughtUp.isDone() ? records.partitions() : partitions) {
        long position = opened.position(partition, CALL);
        positions.put(partition.partition(), position);
        atEnd = atEnd && position >= ends.get(partition);
      }
      if (atEnd && !caughtUp.isDone()) {
        caughtUp.complete(null);
      }
    }
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    try {
      taker.take(records);
    } catch (RuntimeException e) {
      LOG.errorf(e, "records passed over: topic=%s count=%d", topic.topicName(), records.count());
    }
  }

  private void backOff() {
    try {
      // Only time can pass: the broker says nothing while it is away.
      TimeUnit.MILLISECONDS.sleep(BACK_OFF_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  /** The end of each partition of a topic now; waits for the topic and for Kafka. */
  static Map<Integer, Long> endOffsets(String bootstrapServers, Topic topic) {
    try (Consumer<String, byte[]> consumer = open(bootstrapServers, topic, false)) {
      Map<Integer, Long> ends = new HashMap<>();
      consumer
          .endOffsets(partitions(consumer, topic), CALL)
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, Topic topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (PartitionInfo info : consumer.partitionsFor(topic.topicName(), CALL)) {
      partitions.add(new TopicPartition(topic.topicName(), info.partition()));
    }
    return partitions;
  }

  private static Consumer<String, byte[]> open(
      String bootstrapServers, Topic topic, boolean readCommitted) {
    Properties config = new Properties();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "playback-" + topic.topicName());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        readCommitted ? "read_committed" : "read_uncommitted");
    // An offset that retention took: what is left is what there is.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // Soon back, without a line in the log every 50 ms while Kafka is away.
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 500);
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * Topic.MAX_RECORD_BYTES);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    stopping = true;
    Consumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      // An interrupt would make the client close itself with an error.
      thread.join(3000);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.ContractException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads a topic from its beginning, all partitions and without a consumer group, and goes on for
 * ever. What stands in the way (Kafka away, topic missing) is tried again until it works. Owns one
 * thread, on which the records are handed on.
 */
final class TopicFollower implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TopicFollower.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final String topic;
  private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
  private final Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean caughtUp;
  private volatile String trouble = "Kafka has not answered yet";

  TopicFollower(
      String topic,
      Supplier<KafkaConsumer<byte[], byte[]>> consumers,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    this.topic = topic;
    this.consumers = consumers;
    this.records = records;
    this.thread = new Thread(this::run, "follow-" + topic);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether all that was there at the start has been read; stays true from then on. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** What stands in the way; empty while nothing does. */
  String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    stopped.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  private void run() {
    while (stopped.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> opened = consumers.get()) {
        consumer = opened;
        follow(opened);
      } catch (WakeupException | InterruptException expected) {
        return;
      } catch (KafkaException e) {
        report(e.getMessage());
      } finally {
        consumer = null;
      }
      pause();
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> from) {
    List<PartitionInfo> infos = from.partitionsFor(topic, ANSWER);
    if (infos == null || infos.isEmpty()) {
      throw new KafkaException("topic " + topic + " does not exist; create the topics first");
    }
    List<TopicPartition> partitions =
        infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    from.assign(partitions);
    partitions.forEach(partition -> from.seek(partition, positions.getOrDefault(partition, 0L)));
    Map<TopicPartition, Long> ends = from.endOffsets(partitions, ANSWER);
    report("");
    while (stopped.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
        handOn(record);
      }
      remember(from, partitions);
      if (!caughtUp && ends.entrySet().stream().allMatch(end -> reached(end))) {
        caughtUp = true;
        LOG.infof("Read to its end topic=%s", topic);
      }
    }
  }

  private void handOn(ConsumerRecord<byte[], byte[]> record) {
    try {
      records.accept(record);
    } catch (ContractException e) {
      LOG.errorf(
          "Record skipped topic=%s partition=%d offset=%d error=%s",
          topic, record.partition(), record.offset(), e.getMessage());
    }
  }

  private void remember(KafkaConsumer<byte[], byte[]> from, Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> positions.put(partition, from.position(partition, ANSWER)));
  }

  private boolean reached(Map.Entry<TopicPartition, Long> end) {
    return positions.getOrDefault(end.getKey(), 0L) >= end.getValue();
  }

  private void report(String problem) {
    if (!problem.equals(trouble) && !problem.isEmpty()) {
      LOG.warnf("Cannot read yet, trying again topic=%s error=%s", topic, problem);
    }
    trouble = problem;
  }

  private void pause() {
    try {
      stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }
}

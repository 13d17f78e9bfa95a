package io.rostrum.transcode.intent;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The newest intent of every broadcast, read from the compacted topic by a thread of its own.
 * Readable from any thread.
 */
public final class Intents implements Runnable, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Intents.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, BroadcastIntent> intents = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private volatile boolean complete;
  private volatile boolean closed;
  private volatile Exception failure;

  /**
   * @param consumer without a group; used by this thread only and closed by it
   */
  public Intents(KafkaConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Whether the topic was read to what was its end at the start. */
  public boolean isComplete() {
    return complete;
  }

  /** What ended the reading; null while it goes on. */
  public Exception failure() {
    return failure;
  }

  /** The intent; null where there is none (yet). */
  public BroadcastIntent get(String broadcast) {
    return intents.get(broadcast);
  }

  /** Whether the broadcast was deleted. */
  public boolean isDeleted(String broadcast) {
    return deleted.contains(broadcast);
  }

  /** Broadcasts that somebody asked to end. */
  public List<String> endRequested() {
    return intents.values().stream()
        .filter(BroadcastIntent::endRequested)
        .map(BroadcastIntent::id)
        .toList();
  }

  @Override
  public void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topic.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(Topic.BROADCASTS.topicName(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (!closed) {
        consumer.poll(POLL).forEach(this::accept);
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        complete = complete || ends.isEmpty();
      }
    } catch (WakeupException expected) {
      // close() was called.
    } catch (RuntimeException e) {
      failure = e;
      LOG.warnf("Reading broadcasts stopped: error=%s", e.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
  }

  private void accept(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      intents.remove(record.key());
      deleted.add(record.key());
      return;
    }
    try {
      BroadcastIntent intent = BroadcastIntent.parse(record.value());
      intents.merge(
          record.key(), intent, (old, now) -> now.revision() >= old.revision() ? now : old);
      deleted.remove(record.key());
    } catch (ContractException e) {
      LOG.errorf(
          "Intent skipped: partition=%d offset=%d error=%s",
          record.partition(), record.offset(), e.getMessage());
    }
  }
}

package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that an owner writes to its partition of the topics, through one transactional
 * producer: whoever claims the partition after it makes the broker refuse all that it may still
 * have in its buffers, parts as well as facts.
 *
 * <p>A transaction begins with the first part and ends with the next facts. Readers of parts do not
 * wait for its end, and a part counts even if its transaction is aborted: the next owner makes the
 * same bytes again, and the first copy is kept. Facts and checkpoints are written at the end alone,
 * so their readers are held up for no longer than the end takes.
 *
 * <p>Used by the owner loop's thread; Kafka's thread reports back. Every method throws {@link
 * KafkaException} when ownership is lost or Kafka is away; nothing can be written afterwards.
 */
final class PartitionWriter implements AutoCloseable {
  /**
   * How long a transaction stays open at most. Far below its time-out, after which the broker takes
   * its owner as dead: a codec child that starts slowly, or a long segment that is encoded late,
   * may hold up a {@code close} for longer than that.
   */
  private static final long LONGEST_OPEN_NANOS =
      Duration.ofMillis(KafkaClients.TRANSACTION_TIMEOUT_MS / 4).toNanos();

  private final TopicPartition source;
  private final KafkaProducer<String, byte[]> producer;
  private final Supplier<ConsumerGroupMetadata> group;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile long nextMediaOffset = -1;
  private boolean open;
  private long openSinceNanos;

  /**
   * Claims the partition. When this returns, transactions of the owner before are over, whether
   * they were committed or not, and it cannot write any more.
   *
   * @param group this instance's place in the consumer group
   */
  PartitionWriter(
      TopicPartition source,
      KafkaProducer<String, byte[]> producer,
      Supplier<ConsumerGroupMetadata> group) {
    this.source = source;
    this.producer = producer;
    this.group = group;
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * An offset of the media partition at or before the next part, asked of {@code end} where nothing
   * was sent yet.
   */
  long nextMediaOffset(LongSupplier end) {
    if (nextMediaOffset < 0) {
      nextMediaOffset = end.getAsLong();
    }
    return nextMediaOffset;
  }

  /** Sends a part; it is in Kafka when the next {@link #commit} has returned. */
  void send(String broadcast, MediaPart part) {
    Exception error = failure.get();
    if (error != null) {
      throw new KafkaException("a part was not delivered", error);
    }
    ProducerRecord<String, byte[]> record = record(Topic.MEDIA, broadcast, part.toBytes());
    inTransaction(() -> producer.send(record, this::delivered));
  }

  /**
   * Ends the transaction with {@code records}: they, all parts sent before, and the offset are in
   * Kafka when this returns.
   *
   * @param lowWaterOffset the oldest record of the source that is still needed
   */
  void commit(List<ProducerRecord<String, byte[]>> records, long lowWaterOffset) {
    inTransaction(
        () -> {
          records.forEach(producer::send);
          producer.sendOffsetsToTransaction(
              Map.of(source, new OffsetAndMetadata(lowWaterOffset)), group.get());
          producer.commitTransaction();
        });
    open = false;
  }

  /** Whether parts have been waiting for facts for so long that they are to be committed alone. */
  boolean isOpenTooLong() {
    return open && System.nanoTime() - openSinceNanos > LONGEST_OPEN_NANOS;
  }

  ProducerRecord<String, byte[]> record(Topic topic, String broadcast, byte[] value) {
    return new ProducerRecord<>(topic.topicName(), source.partition(), broadcast, value);
  }

  /** Drops what is not written yet; the next owner ends the open transaction. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private void inTransaction(Runnable work) {
    try {
      if (!open) {
        producer.beginTransaction();
        open = true;
        openSinceNanos = System.nanoTime();
      }
      work.run();
    } catch (IllegalStateException e) {
      // How the client says that an earlier error has made its transactions unusable.
      throw new KafkaException("the transaction cannot go on", e);
    }
  }

  private void delivered(RecordMetadata metadata, Exception failed) {
    if (failed != null) {
      failure.compareAndSet(null, failed);
    } else if (metadata.hasOffset()) {
      nextMediaOffset = metadata.offset() + 1;
    }
  }
}

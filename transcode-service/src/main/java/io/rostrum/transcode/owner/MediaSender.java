package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends parts to the media topic. Used by the owner loop's thread; Kafka's thread reports back. */
final class MediaSender implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private final Lease lease;
  private final Map<Integer, Long> nextOffsets = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  MediaSender(KafkaProducer<String, byte[]> producer, Lease lease) {
    this.producer = producer;
    this.lease = lease;
  }

  /**
   * An offset at or before the next part of this instance, asked of {@code end} where nothing was
   * sent yet.
   */
  long nextOffset(int partition, LongSupplier end) {
    return nextOffsets.computeIfAbsent(partition, unknown -> end.getAsLong());
  }

  /**
   * @throws KafkaException if an earlier part was not taken, or the lease is over
   */
  void send(int partition, String broadcast, MediaPart part) {
    lease.check();
    throwFailure();
    producer.send(
        new ProducerRecord<>(Topic.MEDIA.topicName(), partition, broadcast, part.toBytes()),
        (metadata, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          } else {
            nextOffsets.merge(partition, metadata.offset() + 1, Math::max);
          }
        });
  }

  /**
   * Waits until Kafka has everything.
   *
   * @throws KafkaException if it has not taken something
   */
  void flush() {
    producer.flush();
    throwFailure();
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }

  private void throwFailure() {
    Exception error = failure.get();
    if (error != null) {
      throw new KafkaException("a part was not delivered", error);
    }
  }
}

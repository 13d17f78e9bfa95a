package io.rostrum.transcode.owner;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/**
 * How long this instance may believe that it still owns its partitions. Kafka fences transactions,
 * but parts are sent without one: an owner that was frozen and replaced must not send them when it
 * wakes. One thread.
 */
final class Lease {
  private final long nanos;
  private long renewedAtNanos = System.nanoTime();

  /**
   * @param sessionTimeout of the consumer group; the lease is two thirds of it
   */
  Lease(Duration sessionTimeout) {
    nanos = sessionTimeout.toNanos() * 2 / 3;
  }

  /** The group was heard of just now. */
  void renew() {
    renewedAtNanos = System.nanoTime();
  }

  /**
   * @throws KafkaException if the group was not heard of for so long that somebody else may own the
   *     partitions
   */
  void check() {
    if (System.nanoTime() - renewedAtNanos > nanos) {
      throw new KafkaException(
          "this instance was held up for so long that another one may own its partitions");
    }
  }
}

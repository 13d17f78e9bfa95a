package io.rostrum.transcode.owner;

import java.time.Duration;

/**
 * Whether a broker answers, by a growing count of its answers. To a consumer with nothing to read
 * it answers within {@code fetch.max.wait.ms} (0.5 s), so one that hangs is found out like one that
 * is gone. Where nobody looked for a while, nothing is known of that time: a pause as well. Not
 * thread safe.
 */
final class BrokerAnswers {
  /** Four fetches without an answer. */
  static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  private double count;
  private boolean answered;
  private long lastNanos;
  private long sinceNanos;

  /**
   * Takes the newest count.
   *
   * @param newest 0 where there was no answer yet
   */
  void counted(double newest, long nowNanos) {
    if (newest == count) {
      return;
    }
    if (!answers(nowNanos)) {
      sinceNanos = nowNanos;
    }
    count = newest;
    answered = true;
    lastNanos = nowNanos;
  }

  /** Whether there was an answer lately. */
  boolean answers(long nowNanos) {
    return answered && nowNanos - lastNanos <= LONGEST_PAUSE_NANOS;
  }

  /** Since when it has been answering without a longer pause, where it {@link #answers}. */
  long sinceNanos() {
    return sinceNanos;
  }
}

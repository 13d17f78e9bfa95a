package io.rostrum.transcode.broadcast;

import java.time.Duration;

/**
 * How well a partition of the source is heard.
 *
 * @param caughtUp whether every record that the broker has was taken, and the broker answers
 * @param sinceNanos since when the broker has been answering without a pause, as {@link
 *     System#nanoTime}: what was silent before may have had something to say
 */
public record Listening(boolean caughtUp, long sinceNanos) {
  /** How long those who wrote need to find the broker again, and what they held to arrive. */
  private static final long SETTLED_NANOS = Duration.ofSeconds(2).toNanos();

  /** Whether the broker has been there for so long that nothing held for it is to be expected. */
  public boolean isSettled() {
    return System.nanoTime() - sinceNanos >= SETTLED_NANOS;
  }
}

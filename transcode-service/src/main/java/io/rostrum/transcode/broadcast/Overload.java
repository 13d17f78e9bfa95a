package io.rostrum.transcode.broadcast;

import java.time.Duration;

/**
 * Decides how many of the best rungs are left out so that encoding keeps up with the publisher: one
 * more each time it has fallen behind by a set time, one fewer after it has kept up for a while;
 * that while doubles each time, so that a machine which is just too small does not go back and
 * forth. Pass-through, audio and the smallest rung are never left out, and nothing is in the first
 * time, three times as long: whoever takes a broadcast over has a backlog to make up for, and who
 * leaves out then leaves holes behind.
 *
 * <p>Not thread safe.
 */
final class Overload {
  private static final int CATCHING_UP_LIMITS = 3;

  /** Encoding that is no further behind keeps up. */
  static final long KEEPING_UP_MS = 1_000;

  private static final long FIRST_CALM_MS = 30_000;
  private static final long LONGEST_CALM_MS = 16 * 60_000;

  private final long behindLimitMs;
  private final long startMs;
  private long lastChangeMs;
  private long calmSinceMs = -1;
  private long calmMs = FIRST_CALM_MS;

  /**
   * @param behindLimit how far encoding may fall behind
   * @param nowMs a steady clock
   */
  Overload(Duration behindLimit, long nowMs) {
    this.behindLimitMs = behindLimit.toMillis();
    this.startMs = nowMs;
    this.lastChangeMs = nowMs - behindLimitMs;
  }

  /** Whether a segment is so late that the others go on without it. */
  boolean isTooLate(long behindMs, long nowMs) {
    return behindMs >= behindLimitMs && nowMs - startMs >= CATCHING_UP_LIMITS * behindLimitMs;
  }

  /**
   * @param behindMs how long ago the source of the oldest segment ended that is still being encoded
   * @param leftOut how many are left out now
   * @param rungs how many there are
   * @param nowMs the steady clock
   * @return how many to leave out from the next segment on
   */
  int decide(long behindMs, int leftOut, int rungs, long nowMs) {
    if (behindMs >= KEEPING_UP_MS) {
      calmSinceMs = -1;
      if (!isTooLate(behindMs, nowMs)
          || nowMs - lastChangeMs < behindLimitMs
          || leftOut >= rungs - 1) {
        return leftOut;
      }
      lastChangeMs = nowMs;
      return leftOut + 1;
    }
    if (calmSinceMs < 0) {
      calmSinceMs = nowMs;
    }
    if (leftOut == 0 || nowMs - Math.max(calmSinceMs, lastChangeMs) < calmMs) {
      return leftOut;
    }
    lastChangeMs = nowMs;
    calmMs = Math.min(LONGEST_CALM_MS, 2 * calmMs);
    return leftOut - 1;
  }
}

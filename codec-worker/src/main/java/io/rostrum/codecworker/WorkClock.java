package io.rostrum.codecworker;

import java.util.function.LongSupplier;

/**
 * How long the worker has worked on the open segment: time spent waiting for a request, or for the
 * parent to take a reply, does not count. Safe for use by several threads.
 */
final class WorkClock {
  private final LongSupplier nanoTime;
  private long workedNanos;
  private long lastNanos;
  private boolean working;
  private int blocked;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  WorkClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** A new segment: counts from nothing. */
  synchronized void restart() {
    advance();
    workedNanos = 0;
  }

  /** The worker takes a request up, or has done it. */
  synchronized void working(boolean now) {
    advance();
    working = now;
  }

  /** A thread starts to write to the parent. */
  synchronized void enterOutput() {
    advance();
    blocked++;
  }

  /** A thread has written to the parent. */
  synchronized void leaveOutput() {
    advance();
    blocked--;
  }

  /** Milliseconds of work since the last {@link #restart}. */
  synchronized long workedMs() {
    advance();
    return workedNanos / 1_000_000;
  }

  private void advance() {
    long now = nanoTime.getAsLong();
    if (working && blocked == 0) {
      workedNanos += now - lastNanos;
    }
    lastNanos = now;
  }
}

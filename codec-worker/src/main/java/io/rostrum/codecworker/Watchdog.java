package io.rostrum.codecworker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when a segment takes more work than it may: native code cannot be interrupted,
 * only ended. Also ends it with its parent, should standard input not tell.
 */
final class Watchdog {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final WorkClock clock;
  private volatile int limitMs = Integer.MAX_VALUE;

  Watchdog(WorkClock clock) {
    this.clock = clock;
  }

  /**
   * @param segmentBusyLimitMs the most work on one segment
   */
  void limit(int segmentBusyLimitMs) {
    limitMs = segmentBusyLimitMs;
  }

  void start() {
    Thread thread = new Thread(this::run, "watchdog");
    thread.setDaemon(true);
    thread.start();
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(ExitCode.DONE::halt));
  }

  private void run() {
    while (true) {
      LockSupport.parkNanos(PERIOD_NANOS);
      long workedMs = clock.workedMs();
      if (workedMs > limitMs) {
        WorkerLog.error(
            "segment took too long, ending the worker", "workedMs", workedMs, "limitMs", limitMs);
        ExitCode.OVER_TIME.halt();
      }
    }
  }
}

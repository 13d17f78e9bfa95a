package io.rostrum.codecworker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when a segment takes more work or more memory than it may: native code cannot be
 * interrupted, only ended. Also ends it with its parent, should standard input not tell.
 */
final class Watchdog {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * A heap, the libraries, and what the largest picture allowed needs: 17 of 4096x2304 in 10 bits
   * to decode from, and a few to scale to. What takes more has got round the limit on pixels.
   */
  private static final long MAX_RESIDENT_MIB = 1536;

  private final WorkClock clock;
  private final ResidentMemory resident = new ResidentMemory();
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
      long residentMib = resident.mebibytes();
      if (residentMib > MAX_RESIDENT_MIB) {
        WorkerLog.error(
            "too much memory in use, ending the worker",
            "residentMiB",
            residentMib,
            "limitMiB",
            MAX_RESIDENT_MIB);
        ExitCode.OVER_MEMORY.halt();
      }
      long workedMs = clock.workedMs();
      if (workedMs > limitMs) {
        WorkerLog.error(
            "segment took too long, ending the worker", "workedMs", workedMs, "limitMs", limitMs);
        ExitCode.OVER_TIME.halt();
      }
    }
  }
}

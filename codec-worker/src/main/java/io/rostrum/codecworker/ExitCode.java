package io.rostrum.codecworker;

import io.rostrum.contracts.codec.WorkerLimits;

/** Why the process ended, as its parent sees it. A native crash shows as a signal instead. */
enum ExitCode {
  /** Shut down, or the parent is gone. */
  DONE(0),
  /** The libraries do not load here. */
  NO_LIBRARIES(64),
  /** A request was malformed or out of turn. */
  PROTOCOL(65),
  /** Replies cannot be written. */
  OUTPUT(66),
  /** A fault of the worker itself. */
  INTERNAL(67),
  /** Native code took more memory than any input is worth. */
  OVER_MEMORY(71),
  /** A segment took too long. */
  OVER_TIME(WorkerLimits.EXIT_OVER_TIME);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /**
   * Ends the process at once: no shutdown hook could do anything useful, and native code may be in
   * any state.
   */
  void halt() {
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}

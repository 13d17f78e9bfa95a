package io.rostrum.contracts.codec;

/**
 * The range of times: wide enough for a year at the highest timescale, narrow enough that no later
 * sum overflows.
 */
final class Times {
  private static final long MAX_TICKS = 1L << 52;

  private Times() {}

  static void check(String what, long ticks) {
    Checks.range(what, ticks, -MAX_TICKS, MAX_TICKS);
  }
}

package io.rostrum.ingest.rtmp;

/**
 * Turns the 32-bit timestamps of one track into ones that do not wrap, RTMP 1.0 §4: serial
 * arithmetic, each timestamp is the one nearest to its predecessor. Senders exist that keep 31 bits
 * only; their wrap is told by its size.
 */
final class TimestampUnwrapper {

  private static final long HALF = 1L << 31;
  // How exactly a step must look like a wrap of 31 bits to be taken for one.
  private static final long WRAP_31_TOLERANCE_MS = 60_000;

  private boolean started;
  private long lastSent;
  private long unwrapped;

  /**
   * @param timestampMs 0 to 2^32-1
   * @return milliseconds without wrap; the first is returned as it is. Goes back where the sender
   *     does
   */
  long unwrap(long timestampMs) {
    unwrapped = peek(timestampMs);
    lastSent = timestampMs;
    started = true;
    return unwrapped;
  }

  /** What {@link #unwrap} would return. */
  long peek(long timestampMs) {
    if (!started) {
      return timestampMs;
    }
    long step = (int) (timestampMs - lastSent);
    boolean both31Bits = lastSent < HALF && timestampMs < HALF;
    if (both31Bits && Math.abs(step + HALF) <= WRAP_31_TOLERANCE_MS) {
      step += HALF;
    }
    return unwrapped + step;
  }
}

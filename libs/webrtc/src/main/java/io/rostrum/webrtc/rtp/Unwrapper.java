package io.rostrum.webrtc.rtp;

/**
 * Counts on where a field of 16 or 32 bits wraps: each value is taken as the one nearest to the
 * last.
 */
public final class Unwrapper {

  private final int bits;
  private boolean started;
  private long last;

  /**
   * @param bits of the field, 1 to 32
   */
  public Unwrapper(int bits) {
    this.bits = bits;
  }

  /** The value nearest to the last one, without remembering it. */
  public long peek(long value) {
    long size = 1L << bits;
    if (!started) {
      return value & size - 1;
    }
    long step = value - last & size - 1;
    return last + (step < size / 2 ? step : step - size);
  }

  /** The value nearest to the last one. */
  public long unwrap(long value) {
    last = peek(value);
    started = true;
    return last;
  }
}

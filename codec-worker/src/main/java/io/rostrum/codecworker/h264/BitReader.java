package io.rostrum.codecworker.h264;

/**
 * Reads an RBSP bit by bit, emulation prevention bytes taken out beforehand. Past its end, every
 * bit is 0.
 */
final class BitReader {
  private static final int MAX_LEADING_ZEROS = 31;

  private final byte[] rbsp;
  private int bitPosition;

  BitReader(byte[] rbsp) {
    this.rbsp = rbsp;
  }

  int bitPosition() {
    return bitPosition;
  }

  boolean exhausted() {
    return bitPosition > rbsp.length * 8;
  }

  int bit() {
    int at = bitPosition++;
    return at >> 3 < rbsp.length ? rbsp[at >> 3] >> (7 - (at & 7)) & 1 : 0;
  }

  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** ue(v), H.264 §9.1. */
  int unsignedExpGolomb() {
    int zeros = 0;
    while (bit() == 0) {
      if (++zeros > MAX_LEADING_ZEROS) {
        throw new IllegalArgumentException(
            "Exp-Golomb code with more than " + MAX_LEADING_ZEROS + " leading zeros");
      }
    }
    return (int) ((1L << zeros) - 1 + Integer.toUnsignedLong(bits(zeros)));
  }

  /** se(v), H.264 §9.1.1. */
  int signedExpGolomb() {
    int code = unsignedExpGolomb();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }
}

package io.rostrum.media.bits;

import java.util.Arrays;

/** Writes big-endian bit fields and Exp-Golomb codes into a growing array. Not thread-safe. */
public final class BitWriter {

  private byte[] data = new byte[32];
  private int bit;

  /** Bits written so far. */
  public int positionBits() {
    return bit;
  }

  /** Writes the low {@code count} bits (0 to 32) of {@code value}. */
  public BitWriter bits(long value, int count) {
    if (count < 0 || count > 32 || value < 0 || value >>> count != 0) {
      throw new IllegalArgumentException(value + " is no unsigned field of " + count + " bits");
    }
    int bytesNeeded = (bit + count + 7) / 8;
    if (bytesNeeded > data.length) {
      data = Arrays.copyOf(data, Math.max(bytesNeeded, data.length * 2));
    }
    for (int i = count - 1; i >= 0; i--) {
      if ((value >> i & 1) == 1) {
        data[bit >> 3] |= (byte) (0x80 >> (bit & 7));
      }
      bit++;
    }
    return this;
  }

  /** Writes a single bit. */
  public BitWriter flag(boolean value) {
    return bits(value ? 1 : 0, 1);
  }

  /** ue(v), ITU-T H.264 (08/2021) §9.1. */
  public BitWriter unsignedExpGolomb(long value) {
    if (value < 0 || value > 0xFFFF_FFFEL) {
      throw new IllegalArgumentException("No ue(v) of 32 bits: " + value);
    }
    int length = 64 - Long.numberOfLeadingZeros(value + 1);
    return bits(0, length - 1).bits(value + 1, length);
  }

  /** se(v), ITU-T H.264 (08/2021) §9.1.1. */
  public BitWriter signedExpGolomb(long value) {
    return unsignedExpGolomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Fills up the last byte with zeros. */
  public BitWriter alignToByte() {
    return bits(0, (8 - (bit & 7)) & 7);
  }

  /** A copy of what was written; an unfinished last byte is filled up with zeros. */
  public byte[] toByteArray() {
    return Arrays.copyOf(data, (bit + 7) / 8);
  }
}

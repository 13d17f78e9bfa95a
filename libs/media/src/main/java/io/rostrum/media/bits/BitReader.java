package io.rostrum.media.bits;

import io.rostrum.media.MalformedMediaException;
import java.util.Objects;

/**
 * Reads big-endian bit fields and Exp-Golomb codes from a range of an array. Reading past the end
 * is a {@link MalformedMediaException} of the format named at construction. Not thread-safe.
 */
public final class BitReader {

  private final String format;
  private final byte[] data;
  private final int startBit;
  private final int endBit;
  private int bit;

  /**
   * Reads {@code length} bytes of {@code data} from {@code offset}.
   *
   * @param format the structure being read, for error messages
   */
  public BitReader(String format, byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (offset + length > Integer.MAX_VALUE / 8) {
      throw new IllegalArgumentException("Too long for bit positions of 31 bits: " + data.length);
    }
    this.format = format;
    this.data = data;
    this.startBit = offset * 8;
    this.bit = startBit;
    this.endBit = (offset + length) * 8;
  }

  /** Reads a whole array. */
  public BitReader(String format, byte[] data) {
    this(format, data, 0, data.length);
  }

  /** Bits not yet read. */
  public int remainingBits() {
    return endBit - bit;
  }

  /** Position from the start of the range, in bits. */
  public int positionBits() {
    return bit - startBit;
  }

  /** An unsigned field of 0 to 32 bits. */
  public long bits(int count) throws MalformedMediaException {
    if (count < 0 || count > 32) {
      throw new IllegalArgumentException("Fields have 0 to 32 bits, not " + count);
    }
    require(count);
    long value = 0;
    int left = count;
    while (left > 0) {
      int inByte = 8 - (bit & 7);
      int take = Math.min(inByte, left);
      int chunk = (data[bit >> 3] & 0xFF) >> (inByte - take) & (1 << take) - 1;
      value = value << take | chunk;
      bit += take;
      left -= take;
    }
    return value;
  }

  /** An unsigned field of 0 to 31 bits. */
  public int intBits(int count) throws MalformedMediaException {
    if (count > 31) {
      throw new IllegalArgumentException("An int holds at most 31 unsigned bits, not " + count);
    }
    return (int) bits(count);
  }

  /** A single bit. */
  public boolean flag() throws MalformedMediaException {
    return bits(1) == 1;
  }

  /** Passes over a field of any size. */
  public void skip(int count) throws MalformedMediaException {
    require(count);
    bit += count;
  }

  /** Moves on to the next whole byte of the range. */
  public void alignToByte() throws MalformedMediaException {
    skip((8 - (bit - startBit & 7)) & 7);
  }

  /** ue(v), ITU-T H.264 (08/2021) §9.1: at most 31 leading zeros, so the value fits in 32 bits. */
  public long unsignedExpGolomb() throws MalformedMediaException {
    int leadingZeros = 0;
    while (!flag()) {
      if (++leadingZeros > 31) {
        throw malformed("Exp-Golomb code with more than 31 leading zeros");
      }
    }
    return (1L << leadingZeros) - 1 + bits(leadingZeros);
  }

  /**
   * ue(v) with a limit.
   *
   * @param name the syntax element, for the error message
   * @param max largest value that makes sense, at most 2^31-1
   */
  public int unsignedExpGolomb(String name, int max) throws MalformedMediaException {
    long value = unsignedExpGolomb();
    if (value > max) {
      throw malformed(name + " is " + value + ", at most " + max + " is possible");
    }
    return (int) value;
  }

  /** se(v), ITU-T H.264 (08/2021) §9.1.1. */
  public long signedExpGolomb() throws MalformedMediaException {
    long code = unsignedExpGolomb();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }

  /** An exception that names the format and the position reached. */
  public MalformedMediaException malformed(String message) {
    return MalformedMediaException.malformed(format, message, (bit - startBit) >> 3);
  }

  private void require(int count) throws MalformedMediaException {
    if (count < 0 || count > endBit - bit) {
      throw malformed("ends " + (count - (endBit - bit)) + " bits too early");
    }
  }
}

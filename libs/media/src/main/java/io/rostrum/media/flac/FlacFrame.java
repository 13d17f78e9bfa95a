package io.rostrum.media.flac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/** A FLAC frame's header, RFC 9639 §9.1. */
public final class FlacFrame {

  private static final String FORMAT = "FLAC frame";
  private static final int SYNC_CODE = 0x7FFC;

  private FlacFrame() {}

  /**
   * Duration of a frame in samples.
   *
   * @throws MalformedMediaException if there is no frame header at {@code offset}
   */
  public static int durationSamples(byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    BitReader bits = new BitReader(FORMAT, buffer, offset, length);
    if (bits.intBits(15) != SYNC_CODE) {
      throw bits.malformed("does not begin with the sync code");
    }
    bits.skip(1); // blocking strategy
    int code = bits.intBits(4);
    bits.skip(12); // sample rate, channels, bit depth, reserved
    skipCodedNumber(bits);
    // §9.1.1, table 14.
    return switch (code) {
      case 0 -> throw bits.malformed("reserved block size");
      case 1 -> 192;
      case 2, 3, 4, 5 -> 144 << code;
      case 6 -> bits.intBits(8) + 1;
      case 7 -> bits.intBits(16) + 1;
      default -> 1 << code;
    };
  }

  /** §9.1.5: a number coded like a character of UTF-8, of up to seven bytes. */
  private static void skipCodedNumber(BitReader bits) throws MalformedMediaException {
    int first = bits.intBits(8);
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    if (ones == 1 || ones == 8) {
      throw bits.malformed("coded number begins with " + first);
    }
    bits.skip(ones == 0 ? 0 : 8 * (ones - 1));
  }
}

package io.rostrum.media.av1;

import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;

/**
 * A sequence header, AV1 Bitstream and Decoding Process Specification 1.0.0 with errata 1, §5.5.1,
 * up to its picture size.
 *
 * @param maxFrameWidth largest width in luma samples
 * @param maxFrameHeight largest height in luma samples
 * @param frameRate {@code null} where no constant picture interval is declared
 */
public record Av1SequenceHeader(int maxFrameWidth, int maxFrameHeight, FrameRate frameRate) {

  private static final String FORMAT = "av1C";
  private static final int MAX_LENGTH_BYTES = 1 << 16;

  /**
   * Marker and version, profile and level, flags, presentation delay: AV1 ISOBMFF binding 1.2.0
   * §2.3.3.
   */
  private static final int CONFIG_HEADER_BITS = 32;

  private static final int OBU_SEQUENCE_HEADER = 1;

  /**
   * Finds and reads the sequence header in an {@code AV1CodecConfigurationRecord}.
   *
   * @throws MalformedMediaException if the record is none, or holds no sequence header
   */
  public static Av1SequenceHeader ofDecoderConfig(byte[] av1C) throws MalformedMediaException {
    if (av1C.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than " + MAX_LENGTH_BYTES + " bytes", 0);
    }
    BitReader bits = new BitReader(FORMAT, av1C);
    int markerAndVersion = bits.intBits(8);
    if (markerAndVersion != 0x81) {
      throw MalformedMediaException.unsupported(
          FORMAT, "marker and version " + markerAndVersion, 0);
    }
    bits.skip(CONFIG_HEADER_BITS - 8);
    while (bits.remainingBits() > 0) {
      // §5.3.2: forbidden bit, type, extension flag, size flag, reserved bit
      bits.skip(1);
      int type = bits.intBits(4);
      boolean extended = bits.flag();
      boolean sized = bits.flag();
      bits.skip(1);
      bits.skip(extended ? 8 : 0);
      int length = sized ? leb128(bits) : bits.remainingBits() / 8;
      int start = bits.positionBits() / 8;
      if (length > bits.remainingBits() / 8) {
        throw bits.malformed("OBU of " + length + " bytes is longer than the record");
      }
      if (type == OBU_SEQUENCE_HEADER) {
        return new SequenceHeaderReader(new BitReader(FORMAT, av1C, start, length)).read();
      }
      bits.skip(8 * length);
    }
    throw MalformedMediaException.unsupported(FORMAT, "holds no sequence header", -1);
  }

  /** §4.10.5; longer than anything that fits in a record is malformed. */
  private static int leb128(BitReader bits) throws MalformedMediaException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int next = bits.intBits(8);
      value |= (next & 0x7F) << 7 * i;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw bits.malformed("OBU size of more than four bytes");
  }
}

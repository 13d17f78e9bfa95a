package io.rostrum.media.av1;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import io.rostrum.media.bits.BitWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * An {@code AV1CodecConfigurationRecord} ({@code av1C}), AV1 ISOBMFF binding 1.2.0 §2.3. Arrays are
 * not copied.
 *
 * @param record the record
 * @param sequenceHeader payload of the sequence header OBU in it; {@code null} where the record
 *     leaves it to the samples
 */
public record Av1DecoderConfig(byte[] record, byte[] sequenceHeader) {

  private static final String FORMAT = "av1C";
  private static final int HEADER_LENGTH = 4;
  private static final int MAX_LENGTH_BYTES = 1 << 16;
  private static final int MARKER_AND_VERSION = 0x81;

  /** OBU type 1 with a size, AV1 1.0.0 §5.3.2. */
  private static final int SEQUENCE_HEADER_WITH_SIZE = 1 << 3 | 2;

  /**
   * Reads a record.
   *
   * @throws MalformedMediaException if it is none
   */
  public static Av1DecoderConfig parse(byte[] av1C) throws MalformedMediaException {
    if (av1C.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than " + MAX_LENGTH_BYTES + " bytes", 0);
    }
    if (av1C.length < HEADER_LENGTH) {
      throw MalformedMediaException.malformed(
          FORMAT, "ends after " + av1C.length + " of " + HEADER_LENGTH + " bytes", av1C.length);
    }
    if ((av1C[0] & 0xFF) != MARKER_AND_VERSION) {
      throw MalformedMediaException.unsupported(
          FORMAT, "marker and version " + (av1C[0] & 0xFF), 0);
    }
    byte[] header =
        Av1TemporalUnit.parse(av1C, HEADER_LENGTH, av1C.length - HEADER_LENGTH).sequenceHeader();
    if (header != null) {
      new SequenceHeaderReader(new BitReader(FORMAT, header)).read();
    }
    return new Av1DecoderConfig(av1C, header);
  }

  /**
   * The record for a stream whose configuration comes in band.
   *
   * @param payload of a sequence header OBU, AV1 1.0.0 §5.5.1
   * @throws MalformedMediaException if it cannot be read
   */
  public static Av1DecoderConfig ofSequenceHeader(byte[] payload) throws MalformedMediaException {
    if (payload.length > MAX_LENGTH_BYTES - 16) {
      throw MalformedMediaException.limit(
          FORMAT, "sequence header of " + payload.length + " bytes", 0);
    }
    SequenceHeaderReader header =
        new SequenceHeaderReader(new BitReader("AV1 sequence header", payload));
    header.read();
    header.readColourConfig();
    BitWriter fields = new BitWriter();
    fields.bits(MARKER_AND_VERSION, 8);
    fields.bits(header.profile(), 3).bits(header.level(), 5);
    fields.flag(header.highTier()).flag(header.highBitDepth()).flag(header.twelveBit());
    fields.flag(header.monochrome());
    fields.flag(header.subsamplingX()).flag(header.subsamplingY());
    fields.bits(header.chromaSamplePosition(), 2);
    fields.bits(0, 8); // no initial presentation delay
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 8);
    out.writeBytes(fields.toByteArray());
    out.write(SEQUENCE_HEADER_WITH_SIZE);
    writeLeb128(out, payload.length);
    out.writeBytes(payload);
    return new Av1DecoderConfig(out.toByteArray(), payload);
  }

  /** §4.10.5. */
  static void writeLeb128(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Compares the record's bytes, not the identity of the array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Av1DecoderConfig that && Arrays.equals(record, that.record);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(record);
  }
}

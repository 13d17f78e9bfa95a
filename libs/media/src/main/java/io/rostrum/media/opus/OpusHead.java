package io.rostrum.media.opus;

import io.rostrum.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The Opus configuration. Decoders take it as identification header ({@code OpusHead}, RFC 7845
 * §5.1, little-endian), MP4 files as body of a {@code dOps} box (Encapsulation of Opus in ISO Base
 * Media File Format §4.3.2, big-endian). Fields and their order are the same.
 *
 * @param channels output channels, 1 to 255
 * @param preSkipSamples samples at 48 kHz to drop at the beginning, 16 bits
 * @param inputSampleRate what the encoder was given, in Hz, as 32 unsigned bits; for information
 *     only
 * @param outputGain in 1/256 dB, signed 16 bits
 * @param mappingFamily 0 for mono and stereo
 * @param channelMapping stream count, coupled count, one byte per channel; empty with family 0. Not
 *     copied
 */
public record OpusHead(
    int channels,
    int preSkipSamples,
    int inputSampleRate,
    int outputGain,
    int mappingFamily,
    byte[] channelMapping) {

  private static final String FORMAT = "OpusHead";
  private static final byte[] MAGIC = FORMAT.getBytes(StandardCharsets.US_ASCII);

  /** Version, channel count, pre-skip, input rate, gain, mapping family. */
  private static final int FIXED_LENGTH = 11;

  public OpusHead {
    if (channels < 1 || channels > 255 || mappingFamily < 0 || mappingFamily > 255) {
      throw new IllegalArgumentException(
          "Impossible Opus layout: " + channels + " channels, family " + mappingFamily);
    }
    if (mappingFamily == 0 && channels > 2) {
      throw new IllegalArgumentException("Mapping family 0 has 1 or 2 channels, not " + channels);
    }
    int mappingLength = mappingFamily == 0 ? 0 : 2 + channels;
    if (channelMapping.length != mappingLength) {
      throw new IllegalArgumentException(
          "Channel mapping of " + channelMapping.length + " bytes instead of " + mappingLength);
    }
    if (preSkipSamples < 0 || preSkipSamples > 0xFFFF || outputGain != (short) outputGain) {
      throw new IllegalArgumentException(
          "Out of 16 bits: pre-skip " + preSkipSamples + ", gain " + outputGain);
    }
  }

  /**
   * The configuration of a stream that comes without one, as over RTP (RFC 7587): nothing to skip,
   * mono or stereo.
   */
  public static OpusHead ofChannels(int channels) {
    return new OpusHead(channels, 0, 48_000, 0, 0, new byte[0]);
  }

  /**
   * Reads an identification header.
   *
   * @throws MalformedMediaException if it is none
   */
  public static OpusHead parse(byte[] head) throws MalformedMediaException {
    if (head.length < MAGIC.length
        || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw MalformedMediaException.malformed(FORMAT, "does not begin with its name", 0);
    }
    byte[] fields = Arrays.copyOfRange(head, MAGIC.length, head.length);
    // RFC 7845 §5.1: the upper four bits are the major version, which is 0; encoders write 1.
    return read(fields, ByteOrder.LITTLE_ENDIAN, 15);
  }

  /**
   * Reads the body of a {@code dOps} box.
   *
   * @throws MalformedMediaException if it is none
   */
  public static OpusHead parseSpecificBox(byte[] dOps) throws MalformedMediaException {
    return read(dOps, ByteOrder.BIG_ENDIAN, 0);
  }

  /** The identification header. A new array. */
  public byte[] toByteArray() {
    ByteBuffer out =
        ByteBuffer.allocate(MAGIC.length + FIXED_LENGTH + channelMapping.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC);
    return write(out, 1);
  }

  /** The body of a {@code dOps} box. A new array. */
  public byte[] toSpecificBox() {
    return write(ByteBuffer.allocate(FIXED_LENGTH + channelMapping.length), 0);
  }

  private byte[] write(ByteBuffer out, int version) {
    return out.put((byte) version)
        .put((byte) channels)
        .putShort((short) preSkipSamples)
        .putInt(inputSampleRate)
        .putShort((short) outputGain)
        .put((byte) mappingFamily)
        .put(channelMapping)
        .array();
  }

  private static OpusHead read(byte[] fields, ByteOrder order, int highestVersion)
      throws MalformedMediaException {
    if (fields.length < FIXED_LENGTH) {
      throw MalformedMediaException.malformed(
          FORMAT, "ends after " + fields.length + " of " + FIXED_LENGTH + " bytes", fields.length);
    }
    ByteBuffer in = ByteBuffer.wrap(fields).order(order);
    int version = in.get() & 0xFF;
    if (version > highestVersion) {
      throw MalformedMediaException.unsupported(FORMAT, "version " + version, 0);
    }
    int channels = in.get() & 0xFF;
    int preSkip = in.getShort() & 0xFFFF;
    int inputRate = in.getInt();
    int gain = in.getShort();
    int family = in.get() & 0xFF;
    int mappingLength = family == 0 ? 0 : 2 + channels;
    if (in.remaining() < mappingLength) {
      throw MalformedMediaException.malformed(
          FORMAT, "ends within its channel mapping", fields.length);
    }
    byte[] mapping = Arrays.copyOfRange(fields, FIXED_LENGTH, FIXED_LENGTH + mappingLength);
    try {
      return new OpusHead(channels, preSkip, inputRate, gain, family, mapping);
    } catch (IllegalArgumentException e) {
      throw MalformedMediaException.malformed(FORMAT, e.getMessage(), 0);
    }
  }

  /** Compares the mapping's bytes, not the identity of the array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof OpusHead that && Arrays.equals(toByteArray(), that.toByteArray());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toByteArray());
  }
}

package io.rostrum.media.aac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import java.util.Objects;

/**
 * An ADTS header, ISO/IEC 14496-3:2019 §1.A.2.2:
 *
 * <pre>
 *   12 sync word FFF · 1 ID · 2 layer · 1 no CRC · 2 profile · 4 frequency index · 1 private · 3 channel configuration
 *   1 original · 1 home · 2 copyright · 13 frame length · 11 buffer fullness · 2 raw data blocks minus 1 [ · 16 CRC ]
 * </pre>
 *
 * @param objectType audio object type: profile plus one
 * @param sampleRate sampling frequency in Hz
 * @param channelConfiguration 1 to 7; 0 if the layout is in the stream
 * @param headerLength 7, or 9 with CRC
 * @param frameLength length of the frame in bytes, header included
 * @param rawDataBlocks AAC frames in it, 1 to 4
 */
public record AdtsHeader(
    int objectType,
    int sampleRate,
    int channelConfiguration,
    int headerLength,
    int frameLength,
    int rawDataBlocks) {

  private static final String FORMAT = "ADTS";

  /**
   * Reads the header at {@code offset}; the frame's end is not checked against the array.
   *
   * @throws MalformedMediaException if there is none
   */
  public static AdtsHeader parse(byte[] data, int offset) throws MalformedMediaException {
    Objects.checkIndex(offset, data.length + 1);
    BitReader bits = new BitReader(FORMAT, data, offset, Math.min(9, data.length - offset));
    if (bits.intBits(12) != 0xFFF) {
      throw bits.malformed("does not begin with the sync word FFF");
    }
    bits.skip(1);
    if (bits.intBits(2) != 0) {
      throw bits.malformed("layer is not 0");
    }
    int headerLength = bits.flag() ? 7 : 9;
    int objectType = bits.intBits(2) + 1;
    int sampleRate = SamplingFrequency.ofIndex(bits, bits.intBits(4));
    bits.skip(1);
    int channelConfiguration = bits.intBits(3);
    bits.skip(4);
    int frameLength = bits.intBits(13);
    bits.skip(11);
    int rawDataBlocks = bits.intBits(2) + 1;
    if (frameLength < headerLength) {
      throw bits.malformed("frame of " + frameLength + " bytes is shorter than its header");
    }
    return new AdtsHeader(
        objectType, sampleRate, channelConfiguration, headerLength, frameLength, rawDataBlocks);
  }

  /**
   * Whether an ADTS frame seems to begin at {@code offset}: raw AAC frames never begin with these
   * bits.
   */
  public static boolean isAt(byte[] data, int offset) {
    return offset + 1 < data.length
        && (data[offset] & 0xFF) == 0xFF
        && (data[offset + 1] & 0xF6) == 0xF0;
  }

  /**
   * The AudioSpecificConfig that says the same.
   *
   * @throws MalformedMediaException if the channel layout is not in the header
   */
  public byte[] toAudioSpecificConfig() throws MalformedMediaException {
    if (channelConfiguration == 0) {
      throw MalformedMediaException.unsupported(FORMAT, "channel layout within the stream", 2);
    }
    return AudioSpecificConfig.write(objectType, sampleRate, channelConfiguration);
  }
}

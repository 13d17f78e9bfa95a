package io.rostrum.codecworker.libav;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.av1.Av1DecoderConfig;
import io.rostrum.media.av1.Av1SequenceHeader;
import io.rostrum.media.av1.Av1TemporalUnit;
import java.util.Arrays;

/**
 * Makes AV1 samples whole, and judges them, before libaom sees them. A sample need not repeat the
 * sequence header that is in the av1C, and libaom reads no av1C; and libaom allocates what a header
 * asks for before libavcodec could compare it with its limit on pixels.
 */
final class Av1Frames {
  private static final byte[] REFUSED = {};

  /** AV1 ISOBMFF binding 1.2.0 §2.3.3: what follows these bytes of an av1C is OBUs. */
  private static final int AV1C_HEADER_BYTES = 4;

  private final byte[] configObus;
  private final int maxPixels;
  private byte[] lastHeader;
  private boolean lastFits;

  /**
   * @param av1C the configuration record; empty where samples have all
   * @param maxPixels the largest picture
   */
  Av1Frames(byte[] av1C, int maxPixels) {
    this.configObus =
        av1C.length > AV1C_HEADER_BYTES
            ? Arrays.copyOfRange(av1C, AV1C_HEADER_BYTES, av1C.length)
            : REFUSED;
    this.maxPixels = maxPixels;
  }

  /**
   * The sample with a sequence header before its first frame.
   *
   * @return what to decode; empty where it is malformed or too large
   */
  byte[] whole(byte[] sample) {
    byte[] data = sample;
    try {
      byte[] header = Av1TemporalUnit.parse(data, 0, data.length).sequenceHeader();
      if (header == null && lastHeader == null) {
        data = Arrays.copyOf(configObus, configObus.length + sample.length);
        System.arraycopy(sample, 0, data, configObus.length, sample.length);
        header = Av1TemporalUnit.parse(data, 0, data.length).sequenceHeader();
      }
      if (header != null && !Arrays.equals(header, lastHeader)) {
        lastFits = fits(header);
        lastHeader = header;
      }
    } catch (MalformedMediaException e) {
      return REFUSED;
    }
    return lastFits ? data : REFUSED;
  }

  private boolean fits(byte[] header) throws MalformedMediaException {
    Av1SequenceHeader size =
        Av1SequenceHeader.ofDecoderConfig(Av1DecoderConfig.ofSequenceHeader(header).record());
    return (long) size.maxFrameWidth() * size.maxFrameHeight() <= maxPixels;
  }
}

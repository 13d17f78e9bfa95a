package io.rostrum.contracts.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the samples of a publication are coded in.
 *
 * @param codec {@link #H264}; a worker answers another name with {@link
 *     WorkerReply.ConfigureFailed}
 * @param decoderConfig the codec's configuration record as in the sample entry: avcC for H.264,
 *     ISO/IEC 14496-15 §5.3.3.1 (shared, not copied: do not change it)
 * @param width coded width in pixels as declared; the bitstream has the last word
 * @param height coded height in pixels as declared
 * @param timescale ticks per second of the requests' times
 */
public record VideoInput(String codec, byte[] decoderConfig, int width, int height, int timescale) {
  /** H.264 as length-prefixed NAL units, the length's size as the avcC says. */
  public static final String H264 = "h264";

  public VideoInput {
    Checks.name("codec", codec);
    Objects.requireNonNull(decoderConfig, "decoderConfig");
    Checks.range(
        "decoderConfig bytes", decoderConfig.length, 0, WorkerProtocol.MAX_DECODER_CONFIG_BYTES);
    Checks.range("width", width, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
    Checks.range("height", height, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
    Checks.range("timescale", timescale, 1, WorkerProtocol.MAX_TIMESCALE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VideoInput that
        && codec.equals(that.codec)
        && Arrays.equals(decoderConfig, that.decoderConfig)
        && width == that.width
        && height == that.height
        && timescale == that.timescale;
  }

  @Override
  public int hashCode() {
    return Objects.hash(codec, Arrays.hashCode(decoderConfig), width, height, timescale);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %dx%d timescale=%d config=%dB",
        codec,
        width,
        height,
        timescale,
        decoderConfig.length);
  }
}

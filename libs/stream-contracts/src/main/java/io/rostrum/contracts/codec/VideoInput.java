package io.rostrum.contracts.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the samples of a publication are coded in.
 *
 * @param codec one of this record's names; a worker answers another with {@link
 *     WorkerReply.ConfigureFailed}
 * @param decoderConfig the codec's configuration record as in the sample entry: avcC for H.264
 *     (ISO/IEC 14496-15 §5.3.3.1), hvcC for HEVC (§8.3.3.1), av1C for AV1; not needed for VP8 and
 *     VP9 (shared, not copied: do not change it)
 * @param width coded width in pixels as declared; the bitstream has the last word, also in
 *     mid-segment
 * @param height coded height in pixels as declared; as width
 * @param timescale ticks per second of the requests' times
 */
public record VideoInput(String codec, byte[] decoderConfig, int width, int height, int timescale) {
  /** H.264 as length-prefixed NAL units, the length's size as the avcC says. */
  public static final String H264 = "h264";

  /** HEVC as length-prefixed NAL units, the length's size as the hvcC says. */
  public static final String HEVC = "hevc";

  /** AV1 as a temporal unit's OBUs without its delimiter. */
  public static final String AV1 = "av1";

  /** VP8, one frame a sample. */
  public static final String VP8 = "vp8";

  /** VP9, one superframe a sample. */
  public static final String VP9 = "vp9";

  public VideoInput {
    Checks.name("codec", codec);
    Objects.requireNonNull(decoderConfig, "decoderConfig");
    Checks.range(
        "decoderConfig bytes", decoderConfig.length, 0, WorkerProtocol.MAX_DECODER_CONFIG_BYTES);
    Checks.range("width", width, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
    Checks.range("height", height, 1, WorkerProtocol.MAX_DIMENSION_PIXELS);
    Checks.range("timescale", timescale, 1, WorkerProtocol.MAX_TIMESCALE);
  }

  void writeTo(FrameOutput out) {
    out.name(codec);
    out.bytes(decoderConfig);
    out.i32(width);
    out.i32(height);
    out.i32(timescale);
  }

  static VideoInput readFrom(FrameInput in) throws WorkerProtocolException {
    return new VideoInput(
        in.name("codec"),
        in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES),
        in.i32(),
        in.i32(),
        in.i32());
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

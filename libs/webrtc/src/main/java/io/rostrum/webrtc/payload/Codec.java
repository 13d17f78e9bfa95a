package io.rostrum.webrtc.payload;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The codecs that are taken out of RTP. */
public enum Codec {
  H264("H264", 90_000, true),
  VP8("VP8", 90_000, true),
  VP9("VP9", 90_000, true),
  AV1("AV1", 90_000, true),
  OPUS("opus", 48_000, false);

  private final String encodingName;
  private final int clockRate;
  private final boolean video;

  Codec(String encodingName, int clockRate, boolean video) {
    this.encodingName = encodingName;
    this.clockRate = clockRate;
    this.video = video;
  }

  /** As {@code a=rtpmap} names it. */
  public String encodingName() {
    return encodingName;
  }

  /** Ticks per second of its RTP timestamps. */
  public int clockRate() {
    return clockRate;
  }

  public boolean video() {
    return video;
  }

  /**
   * @param name in any case
   */
  public static Optional<Codec> ofName(String name, int clockRate) {
    return Arrays.stream(values())
        .filter(c -> c.encodingName.equalsIgnoreCase(name) && c.clockRate == clockRate)
        .findFirst();
  }

  /** A new depacketizer. */
  public Depacketizer depacketizer(Consumer<CodedFrame> output) {
    return switch (this) {
      case H264 -> new H264Depacketizer(output);
      case VP8 -> new Vp8Depacketizer(output);
      case VP9 -> new Vp9Depacketizer(output);
      case AV1 -> new Av1Depacketizer(output);
      case OPUS -> new OpusDepacketizer(output);
    };
  }
}

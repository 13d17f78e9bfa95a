package io.rostrum.rtmp.flv;

/**
 * Video codecs a publisher can name, by FourCC (E-RTMP v2, "Defined Video FourCC values") or by
 * legacy id.
 */
public enum VideoCodec {
  AVC("avc1", true),
  HEVC("hvc1", true),
  VVC("vvc1", true),
  AV1("av01", false),
  VP9("vp09", false),
  VP8("vp08", false),
  /** Known to FLV or to nobody; not taken apart. */
  OTHER("????", false);

  private final String fourCc;
  private final boolean compositionTime;

  VideoCodec(String fourCc, boolean compositionTime) {
    this.fourCc = fourCc;
    this.compositionTime = compositionTime;
  }

  public String fourCc() {
    return fourCc;
  }

  /** Whether coded frames carry a composition time offset. */
  boolean hasCompositionTime() {
    return compositionTime;
  }

  static VideoCodec ofFourCc(int value) {
    for (VideoCodec codec : values()) {
      if (FourCc.matches(codec.fourCc, value)) {
        return codec;
      }
    }
    return OTHER;
  }

  /** FLV E.4.3.1 CodecID; 12 is what encoders used for HEVC before E-RTMP. */
  static VideoCodec ofLegacyId(int id) {
    return switch (id) {
      case 7 -> AVC;
      case 12 -> HEVC;
      default -> OTHER;
    };
  }
}

package io.rostrum.rtmp.flv;

/**
 * Audio codecs a publisher can name, by FourCC (E-RTMP v2, "Defined Audio FourCC values") or by
 * legacy id.
 */
public enum AudioCodec {
  AAC("mp4a"),
  OPUS("Opus"),
  AC3("ac-3"),
  EAC3("ec-3"),
  FLAC("fLaC"),
  MP3(".mp3"),
  /** Known to FLV or to nobody; not taken apart. */
  OTHER("????");

  private final String fourCc;

  AudioCodec(String fourCc) {
    this.fourCc = fourCc;
  }

  public String fourCc() {
    return fourCc;
  }

  static AudioCodec ofFourCc(int value) {
    for (AudioCodec codec : values()) {
      if (FourCc.matches(codec.fourCc, value)) {
        return codec;
      }
    }
    return OTHER;
  }

  /** FLV E.4.2.1 SoundFormat. */
  static AudioCodec ofLegacyId(int id) {
    return switch (id) {
      case 10 -> AAC;
      case 2, 14 -> MP3;
      default -> OTHER;
    };
  }
}

package io.rostrum.media;

import io.rostrum.media.aac.AudioSpecificConfig;
import java.util.Locale;

/**
 * The {@code codecs} parameter (RFC 6381) of each codec's configuration record. Package-private:
 * callers ask the format.
 */
final class CodecString {

  private CodecString() {}

  /**
   * Every configuration below is read at fixed positions; formats that are too short never come to
   * be.
   */
  static void requireLongEnough(VideoCodec codec, byte[] config) {
    int needed =
        switch (codec) {
          case H264 -> 7;
          case HEVC -> 23;
          case AV1 -> 4;
          case VP8, VP9 -> 8;
        };
    if (config.length < needed) {
      throw new IllegalArgumentException(
          codec + " needs a configuration of " + needed + " bytes, got " + config.length);
    }
  }

  static String of(VideoCodec codec, byte[] config) {
    return switch (codec) {
      // RFC 6381 §3.3: profile_idc, constraint flags, level_idc.
      case H264 -> String.format(Locale.ROOT, "avc1.%02X%02X%02X", config[1], config[2], config[3]);
      case HEVC -> hevc(config);
      case AV1 -> av1(config);
      case VP8 -> vpx("vp08", config);
      case VP9 -> vpx("vp09", config);
    };
  }

  static String of(AudioCodec codec, byte[] config) {
    return switch (codec) {
      case AAC -> aac(config);
      // Those without profiles go by the sample entry's name: Encapsulation of Opus in ISO Base
      // Media File Format §4.3.1, ETSI TS 102 366 §F.2, Encapsulation of FLAC in ISO BMFF §3.3.1.
      case OPUS -> "Opus";
      case AC3 -> "ac-3";
      case EAC3 -> "ec-3";
      case FLAC -> "fLaC";
    };
  }

  private static String aac(byte[] config) {
    try {
      return "mp4a.40." + AudioSpecificConfig.parse(config).signalledObjectType();
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("The decoder configuration was changed", e);
    }
  }

  /** ISO/IEC 14496-15:2022 Annex E.3. */
  private static String hevc(byte[] hvcC) {
    int first = hvcC[1] & 0xFF;
    String[] spaces = {"", "A", "B", "C"};
    int compatibility =
        (hvcC[2] & 0xFF) << 24 | (hvcC[3] & 0xFF) << 16 | (hvcC[4] & 0xFF) << 8 | (hvcC[5] & 0xFF);
    StringBuilder text = new StringBuilder("hvc1.");
    text.append(spaces[first >> 6]).append(first & 0x1F);
    text.append('.')
        .append(Integer.toHexString(Integer.reverse(compatibility)).toUpperCase(Locale.ROOT));
    text.append('.').append((first & 0x20) != 0 ? 'H' : 'L').append(hvcC[12] & 0xFF);
    int last = 11;
    while (last >= 6 && hvcC[last] == 0) {
      last--;
    }
    for (int i = 6; i <= last; i++) {
      text.append('.').append(Integer.toHexString(hvcC[i] & 0xFF).toUpperCase(Locale.ROOT));
    }
    return text.toString();
  }

  /** AV1 Codec ISO Media File Format Binding 1.2.0 §5, without the optional colour fields. */
  private static String av1(byte[] av1C) {
    int profile = (av1C[1] & 0xFF) >> 5;
    int level = av1C[1] & 0x1F;
    int flags = av1C[2] & 0xFF;
    boolean highTier = (flags & 0x80) != 0;
    boolean highBitDepth = (flags & 0x40) != 0;
    boolean twelveBit = (flags & 0x20) != 0;
    int bitDepth = highBitDepth ? profile == 2 && twelveBit ? 12 : 10 : 8;
    return String.format(
        Locale.ROOT, "av01.%d.%02d%s.%02d", profile, level, highTier ? "H" : "M", bitDepth);
  }

  /** VP Codec ISO Media File Format Binding 1.0 "Codecs Parameter String", mandatory fields. */
  private static String vpx(String name, byte[] vpcC) {
    return String.format(
        Locale.ROOT, "%s.%02d.%02d.%02d", name, vpcC[0], vpcC[1], (vpcC[2] & 0xFF) >> 4);
  }
}

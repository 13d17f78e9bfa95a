package io.rostrum.media.avc;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.avc.VideoUsability.Colour;
import io.rostrum.media.avc.VideoUsability.Reordering;
import io.rostrum.media.avc.VideoUsability.SampleAspectRatio;
import io.rostrum.media.avc.VideoUsability.Timing;
import io.rostrum.media.bits.BitReader;

/** Reads vui_parameters(), ITU-T H.264 (08/2021) §E.1.1. */
final class VideoUsabilityReader {

  private static final int EXTENDED_SAR = 255;

  /** Table E-1, index 1 to 16: width, height. */
  private static final int[][] SAMPLE_ASPECT_RATIOS = {
    null, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33},
    {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
  };

  /** cpb_cnt_minus1 is at most 31. */
  private static final int MAX_CPB_COUNT_MINUS_1 = 31;

  private VideoUsabilityReader() {}

  static VideoUsability read(BitReader bits) throws MalformedMediaException {
    SampleAspectRatio aspectRatio = bits.flag() ? aspectRatio(bits) : null;
    if (bits.flag()) {
      bits.skip(1); // overscan_appropriate_flag
    }
    Colour colour = bits.flag() ? colour(bits) : null;
    if (bits.flag()) {
      bits.unsignedExpGolomb(); // chroma_sample_loc_type_top_field
      bits.unsignedExpGolomb(); // chroma_sample_loc_type_bottom_field
    }
    Timing timing = bits.flag() ? timing(bits) : null;
    boolean nalHrd = bits.flag();
    if (nalHrd) {
      skipHrd(bits);
    }
    boolean vclHrd = bits.flag();
    if (vclHrd) {
      skipHrd(bits);
    }
    if (nalHrd || vclHrd) {
      bits.skip(1); // low_delay_hrd_flag
    }
    bits.skip(1); // pic_struct_present_flag
    Reordering reordering = bits.flag() ? reordering(bits) : null;
    return new VideoUsability(aspectRatio, colour, timing, reordering);
  }

  private static SampleAspectRatio aspectRatio(BitReader bits) throws MalformedMediaException {
    int indication = bits.intBits(8);
    if (indication == EXTENDED_SAR) {
      int width = bits.intBits(16);
      int height = bits.intBits(16);
      // §E.2.1: zero means unspecified.
      return width == 0 || height == 0 ? null : new SampleAspectRatio(width, height);
    }
    if (indication == 0 || indication >= SAMPLE_ASPECT_RATIOS.length) {
      return null;
    }
    int[] ratio = SAMPLE_ASPECT_RATIOS[indication];
    return new SampleAspectRatio(ratio[0], ratio[1]);
  }

  private static Colour colour(BitReader bits) throws MalformedMediaException {
    bits.skip(3); // video_format
    boolean fullRange = bits.flag();
    if (!bits.flag()) {
      // §E.2.1: without a description every code point is 2, unspecified.
      return fullRange ? new Colour(2, 2, 2, true) : null;
    }
    return new Colour(bits.intBits(8), bits.intBits(8), bits.intBits(8), fullRange);
  }

  private static Timing timing(BitReader bits) throws MalformedMediaException {
    long unitsPerTick = bits.bits(32);
    long timeScale = bits.bits(32);
    boolean fixedFrameRate = bits.flag();
    // §E.2.1 forbids zero; encoders that do not know the rate write it all the same.
    return unitsPerTick == 0 || timeScale == 0
        ? null
        : new Timing(unitsPerTick, timeScale, fixedFrameRate);
  }

  /** hrd_parameters(), §E.1.2. */
  private static void skipHrd(BitReader bits) throws MalformedMediaException {
    int count = bits.unsignedExpGolomb("cpb_cnt_minus1", MAX_CPB_COUNT_MINUS_1) + 1;
    bits.skip(8); // bit_rate_scale, cpb_size_scale
    for (int i = 0; i < count; i++) {
      bits.unsignedExpGolomb(); // bit_rate_value_minus1
      bits.unsignedExpGolomb(); // cpb_size_value_minus1
      bits.skip(1); // cbr_flag
    }
    bits.skip(20); // four lengths of five bits
  }

  private static Reordering reordering(BitReader bits) throws MalformedMediaException {
    bits.skip(1); // motion_vectors_over_pic_boundaries_flag
    for (int i = 0; i < 4; i++) {
      bits.unsignedExpGolomb(); // denominators and log2 of vector lengths
    }
    int maxReorderFrames = bits.unsignedExpGolomb("max_num_reorder_frames", 16);
    int maxDecFrameBuffering = bits.unsignedExpGolomb("max_dec_frame_buffering", 16);
    return new Reordering(maxReorderFrames, maxDecFrameBuffering);
  }
}

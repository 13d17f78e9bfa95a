package io.rostrum.media.avc;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.SampleAspectRatio;
import io.rostrum.media.avc.VideoUsability.Reordering;
import io.rostrum.media.avc.VideoUsability.Timing;
import io.rostrum.media.bits.BitReader;

/** Reads vui_parameters(), ITU-T H.264 (08/2021) §E.1.1. */
final class VideoUsabilityReader {

  /** cpb_cnt_minus1 is at most 31. */
  private static final int MAX_CPB_COUNT_MINUS_1 = 31;

  private VideoUsabilityReader() {}

  static VideoUsability read(BitReader bits) throws MalformedMediaException {
    SampleAspectRatio aspectRatio = bits.flag() ? SampleAspectRatio.read(bits) : null;
    if (bits.flag()) {
      bits.skip(1); // overscan_appropriate_flag
    }
    ColourDescription colour = bits.flag() ? ColourDescription.read(bits) : null;
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

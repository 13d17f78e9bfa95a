package io.rostrum.media.hevc;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.SampleAspectRatio;
import io.rostrum.media.avc.EmulationPrevention;
import io.rostrum.media.bits.BitReader;

/**
 * Reads seq_parameter_set_rbsp() up to the timing in its VUI, ITU-T H.265 (08/2021) §7.3.2.2.1 and
 * §E.2.1.
 */
final class HevcSpsReader {

  private static final String FORMAT = "HEVC SPS";
  private static final int MAX_LENGTH_BYTES = 8192;

  /**
   * Level 6.2 allows 35,651,584 luma samples per picture and sides of the square root of eight
   * times that (§A.4.1).
   */
  private static final int MAX_SIDE = 16_888;

  private static final int MAX_AREA = 35_651_584;

  private final BitReader bits;
  private SampleAspectRatio sampleAspectRatio;
  private ColourDescription colour;
  private FrameRate frameRate;

  HevcSpsReader(byte[] nalUnit) throws MalformedMediaException {
    if (nalUnit.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than " + MAX_LENGTH_BYTES + " bytes", 0);
    }
    if (nalUnit.length < 2 || (nalUnit[0] >> 1 & 0x3F) != HevcAccessUnit.TYPE_SPS) {
      throw MalformedMediaException.malformed(FORMAT, "not a NAL unit of type 33", 0);
    }
    bits = new BitReader(FORMAT, EmulationPrevention.remove(nalUnit, 2, nalUnit.length - 2));
  }

  HevcSequenceParameterSet read() throws MalformedMediaException {
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = bits.intBits(3);
    bits.skip(1); // sps_temporal_id_nesting_flag
    skipProfileTierLevel(subLayers);
    bits.unsignedExpGolomb("sps_seq_parameter_set_id", 15);
    int chromaFormat = bits.unsignedExpGolomb("chroma_format_idc", 3);
    boolean separatePlanes = chromaFormat == 3 && bits.flag();
    int width = bits.unsignedExpGolomb("pic_width_in_luma_samples", MAX_SIDE);
    int height = bits.unsignedExpGolomb("pic_height_in_luma_samples", MAX_SIDE);
    if (bits.flag()) {
      // §6.2: the window counts in chroma samples.
      int unitX = !separatePlanes && (chromaFormat == 1 || chromaFormat == 2) ? 2 : 1;
      int unitY = !separatePlanes && chromaFormat == 1 ? 2 : 1;
      width = windowed(width, unitX);
      height = windowed(height, unitY);
    }
    if (width < 1 || height < 1 || (long) width * height > MAX_AREA) {
      throw bits.malformed("picture of " + width + "x" + height);
    }
    int bitDepthLuma = 8 + bits.unsignedExpGolomb("bit_depth_luma_minus8", 8);
    int bitDepthChroma = 8 + bits.unsignedExpGolomb("bit_depth_chroma_minus8", 8);
    int orderBits = 4 + bits.unsignedExpGolomb("log2_max_pic_order_cnt_lsb_minus4", 12);
    int maxReorder = readOrdering(subLayers);
    skipCodingTools();
    skipReferencePictures(orderBits);
    bits.skip(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    if (bits.flag()) {
      readUsability();
    }
    return new HevcSequenceParameterSet(
        width,
        height,
        chromaFormat,
        bitDepthLuma,
        bitDepthChroma,
        maxReorder,
        sampleAspectRatio,
        colour,
        frameRate);
  }

  /** profile_tier_level(1, subLayers), §7.3.3. */
  private void skipProfileTierLevel(int subLayers) throws MalformedMediaException {
    bits.skip(96);
    int present = 0;
    for (int i = 0; i < subLayers; i++) {
      present += (bits.flag() ? 88 : 0) + (bits.flag() ? 8 : 0);
    }
    if (subLayers > 0) {
      bits.skip(2 * (8 - subLayers));
    }
    bits.skip(present);
  }

  private int windowed(int size, int unit) throws MalformedMediaException {
    long before = bits.unsignedExpGolomb();
    long after = bits.unsignedExpGolomb();
    long left = size - unit * (before + after);
    if (left < 1) {
      throw bits.malformed("conformance window leaves nothing of " + size);
    }
    return (int) left;
  }

  private int readOrdering(int subLayers) throws MalformedMediaException {
    int maxReorder = 0;
    for (int i = bits.flag() ? 0 : subLayers; i <= subLayers; i++) {
      bits.unsignedExpGolomb(); // sps_max_dec_pic_buffering_minus1
      maxReorder = bits.unsignedExpGolomb("sps_max_num_reorder_pics", 16);
      bits.unsignedExpGolomb(); // sps_max_latency_increase_plus1
    }
    return maxReorder;
  }

  private void skipCodingTools() throws MalformedMediaException {
    for (int i = 0; i < 6; i++) {
      bits.unsignedExpGolomb(); // sizes of coding and transform blocks, depths of the hierarchy
    }
    if (bits.flag() && bits.flag()) {
      skipScalingLists();
    }
    bits.skip(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
    if (bits.flag()) {
      bits.skip(8); // PCM bit depths
      bits.unsignedExpGolomb();
      bits.unsignedExpGolomb();
      bits.skip(1); // pcm_loop_filter_disabled_flag
    }
  }

  /** scaling_list_data(), §7.3.4. */
  private void skipScalingLists() throws MalformedMediaException {
    for (int sizeId = 0; sizeId < 4; sizeId++) {
      for (int matrixId = 0; matrixId < 6; matrixId += sizeId == 3 ? 3 : 1) {
        if (!bits.flag()) {
          bits.unsignedExpGolomb(); // scaling_list_pred_matrix_id_delta
          continue;
        }
        int coefficients = Math.min(64, 1 << (4 + 2 * sizeId)) + (sizeId > 1 ? 1 : 0);
        for (int i = 0; i < coefficients; i++) {
          bits.signedExpGolomb();
        }
      }
    }
  }

  private void skipReferencePictures(int orderBits) throws MalformedMediaException {
    int sets = bits.unsignedExpGolomb("num_short_term_ref_pic_sets", 64);
    int pictures = 0;
    for (int set = 0; set < sets; set++) {
      pictures = skipShortTermSet(set, pictures);
    }
    if (bits.flag()) {
      int longTerm = bits.unsignedExpGolomb("num_long_term_ref_pics_sps", 32);
      bits.skip(longTerm * (orderBits + 1));
    }
  }

  /**
   * st_ref_pic_set(), §7.3.7; returns its number of pictures, which a set that is predicted from it
   * needs.
   */
  private int skipShortTermSet(int set, int picturesOfPrevious) throws MalformedMediaException {
    if (set > 0 && bits.flag()) {
      bits.skip(1); // delta_rps_sign
      bits.unsignedExpGolomb(); // abs_delta_rps_minus1
      int pictures = 0;
      for (int i = 0; i <= picturesOfPrevious; i++) {
        // used_by_curr_pic_flag, and use_delta_flag where that is not set
        if (bits.flag() || bits.flag()) {
          pictures++;
        }
      }
      return pictures;
    }
    int pictures =
        bits.unsignedExpGolomb("num_negative_pics", 16)
            + bits.unsignedExpGolomb("num_positive_pics", 16);
    for (int i = 0; i < pictures; i++) {
      bits.unsignedExpGolomb(); // delta_poc_minus1
      bits.skip(1); // used_by_curr_pic_flag
    }
    return pictures;
  }

  /** vui_parameters() up to its timing, §E.2.1; what follows tells a packager nothing. */
  private void readUsability() throws MalformedMediaException {
    if (bits.flag()) {
      sampleAspectRatio = SampleAspectRatio.read(bits);
    }
    if (bits.flag()) {
      bits.skip(1); // overscan_appropriate_flag
    }
    if (bits.flag()) {
      colour = ColourDescription.read(bits);
    }
    if (bits.flag()) {
      bits.unsignedExpGolomb(); // chroma sample locations
      bits.unsignedExpGolomb();
    }
    bits.skip(3); // neutral chroma, field and frame information
    if (bits.flag()) {
      for (int i = 0; i < 4; i++) {
        bits.unsignedExpGolomb(); // default display window
      }
    }
    if (bits.flag()) {
      long unitsPerTick = bits.bits(32);
      long timeScale = bits.bits(32);
      if (unitsPerTick > 0 && timeScale > 0) {
        frameRate = FrameRate.ofClock(timeScale, unitsPerTick).orElse(null);
      }
    }
  }
}

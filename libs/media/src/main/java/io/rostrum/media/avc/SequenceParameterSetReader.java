package io.rostrum.media.avc;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import java.util.Set;

/** Reads seq_parameter_set_data(), ITU-T H.264 (08/2021) §7.3.2.1.1. */
final class SequenceParameterSetReader {

  private static final String FORMAT = "SPS";

  /**
   * Real ones have some tens of bytes; with every scaling list and HRD spelled out, some thousand.
   */
  private static final int MAX_LENGTH_BYTES = 8192;

  /** Profiles whose SPS has chroma format, bit depths and scaling matrices. */
  private static final Set<Integer> HIGH_PROFILES =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  private SequenceParameterSetReader() {}

  static SequenceParameterSet read(byte[] nalUnit) throws MalformedMediaException {
    if (nalUnit.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than " + MAX_LENGTH_BYTES + " bytes", 0);
    }
    if (nalUnit.length == 0 || (nalUnit[0] & 0x1F) != NalUnit.TYPE_SPS) {
      throw MalformedMediaException.malformed(FORMAT, "not a NAL unit of type 7", 0);
    }
    byte[] payload = EmulationPrevention.remove(nalUnit, 1, nalUnit.length - 1);
    BitReader bits = new BitReader(FORMAT, payload);
    int profileIdc = bits.intBits(8);
    int constraintFlags = bits.intBits(8);
    int levelIdc = bits.intBits(8);
    int id = bits.unsignedExpGolomb("seq_parameter_set_id", 31);
    int chromaFormatIdc = 1;
    boolean separatePlanes = false;
    int bitDepthLuma = 8;
    int bitDepthChroma = 8;
    if (HIGH_PROFILES.contains(profileIdc)) {
      chromaFormatIdc = bits.unsignedExpGolomb("chroma_format_idc", 3);
      separatePlanes = chromaFormatIdc == 3 && bits.flag();
      bitDepthLuma = 8 + bits.unsignedExpGolomb("bit_depth_luma_minus8", 6);
      bitDepthChroma = 8 + bits.unsignedExpGolomb("bit_depth_chroma_minus8", 6);
      bits.skip(1); // qpprime_y_zero_transform_bypass_flag
      if (bits.flag()) {
        skipScalingMatrix(bits, chromaFormatIdc);
      }
    }
    bits.unsignedExpGolomb("log2_max_frame_num_minus4", 12);
    int picOrderCntType = bits.unsignedExpGolomb("pic_order_cnt_type", 2);
    skipPictureOrder(bits, picOrderCntType);
    int maxNumRefFrames = bits.unsignedExpGolomb("max_num_ref_frames", 16);
    bits.skip(1); // gaps_in_frame_num_value_allowed_flag
    int widthInMbs =
        1 + bits.unsignedExpGolomb("pic_width_in_mbs_minus1", LevelLimits.LARGEST_FRAME_MBS);
    int heightInMapUnits =
        1 + bits.unsignedExpGolomb("pic_height_in_map_units_minus1", LevelLimits.LARGEST_FRAME_MBS);
    boolean frameMbsOnly = bits.flag();
    int heightInMbs = frameMbsOnly ? heightInMapUnits : 2 * heightInMapUnits;
    requirePossibleSize(bits, widthInMbs, heightInMbs);
    if (!frameMbsOnly) {
      bits.skip(1); // mb_adaptive_frame_field_flag
    }
    bits.skip(1); // direct_8x8_inference_flag
    int width = 16 * widthInMbs;
    int height = 16 * heightInMbs;
    if (bits.flag()) {
      // §7.4.2.1.1: cropping counts in chroma samples, and in field lines where fields may occur.
      boolean subsampled = !separatePlanes;
      int unitX = subsampled && (chromaFormatIdc == 1 || chromaFormatIdc == 2) ? 2 : 1;
      int unitY = (subsampled && chromaFormatIdc == 1 ? 2 : 1) * (frameMbsOnly ? 1 : 2);
      width = cropped(bits, "width", width, unitX);
      height = cropped(bits, "height", height, unitY);
    }
    VideoUsability usability = bits.flag() ? VideoUsabilityReader.read(bits) : VideoUsability.NONE;
    return new SequenceParameterSet(
        profileIdc,
        constraintFlags,
        levelIdc,
        id,
        chromaFormatIdc,
        bitDepthLuma,
        bitDepthChroma,
        picOrderCntType,
        maxNumRefFrames,
        frameMbsOnly,
        widthInMbs,
        heightInMbs,
        width,
        height,
        usability);
  }

  private static void requirePossibleSize(BitReader bits, int widthInMbs, int heightInMbs)
      throws MalformedMediaException {
    // §A.3.1: neither side exceeds sqrt(8 · MaxFS), the area not MaxFS.
    long area = (long) widthInMbs * heightInMbs;
    long longestSquared = 8L * LevelLimits.LARGEST_FRAME_MBS;
    if (area > LevelLimits.LARGEST_FRAME_MBS
        || (long) widthInMbs * widthInMbs > longestSquared
        || (long) heightInMbs * heightInMbs > longestSquared) {
      throw bits.malformed(
          "picture of " + 16L * widthInMbs + "x" + 16L * heightInMbs + " exceeds every level");
    }
  }

  private static int cropped(BitReader bits, String side, int size, int unit)
      throws MalformedMediaException {
    long before = bits.unsignedExpGolomb();
    long after = bits.unsignedExpGolomb();
    long left = size - unit * (before + after);
    if (left < 1) {
      throw bits.malformed("cropping leaves nothing of " + side + " " + size);
    }
    return (int) left;
  }

  private static void skipPictureOrder(BitReader bits, int type) throws MalformedMediaException {
    if (type == 0) {
      bits.unsignedExpGolomb("log2_max_pic_order_cnt_lsb_minus4", 12);
    } else if (type == 1) {
      bits.skip(1); // delta_pic_order_always_zero_flag
      bits.signedExpGolomb(); // offset_for_non_ref_pic
      bits.signedExpGolomb(); // offset_for_top_to_bottom_field
      int count = bits.unsignedExpGolomb("num_ref_frames_in_pic_order_cnt_cycle", 255);
      for (int i = 0; i < count; i++) {
        bits.signedExpGolomb(); // offset_for_ref_frame[i]
      }
    }
  }

  /** §7.3.2.1.1 and scaling_list(), §7.3.2.1.1.1. */
  private static void skipScalingMatrix(BitReader bits, int chromaFormatIdc)
      throws MalformedMediaException {
    int lists = chromaFormatIdc == 3 ? 12 : 8;
    for (int list = 0; list < lists; list++) {
      if (!bits.flag()) {
        continue;
      }
      int size = list < 6 ? 16 : 64;
      long last = 8;
      long next = 8;
      for (int i = 0; i < size; i++) {
        if (next != 0) {
          next = (last + bits.signedExpGolomb()) & 0xFF;
        }
        last = next == 0 ? last : next;
      }
    }
  }
}

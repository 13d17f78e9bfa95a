package io.rostrum.media.avc;

import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import java.util.Optional;

/**
 * A sequence parameter set, ITU-T H.264 (08/2021) §7.3.2.1.1, reduced to what a packager uses.
 *
 * @param profileIdc profile_idc
 * @param constraintFlags the byte after it: constraint_set0_flag is the highest bit
 * @param levelIdc level_idc: ten times the level
 * @param id seq_parameter_set_id, 0 to 31
 * @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepthLuma 8 to 14
 * @param bitDepthChroma 8 to 14
 * @param picOrderCntType 0, 1 or 2; with 2 output order is decoding order
 * @param maxNumRefFrames 0 to 16
 * @param frameMbsOnly false if fields may occur
 * @param widthInMbs coded width in macroblocks
 * @param heightInMbs coded height of a frame in macroblocks
 * @param width width in luma samples after cropping
 * @param height height of a frame in luma samples after cropping
 * @param usability the VUI; {@link VideoUsability#NONE} where there is none
 */
public record SequenceParameterSet(
    int profileIdc,
    int constraintFlags,
    int levelIdc,
    int id,
    int chromaFormatIdc,
    int bitDepthLuma,
    int bitDepthChroma,
    int picOrderCntType,
    int maxNumRefFrames,
    boolean frameMbsOnly,
    int widthInMbs,
    int heightInMbs,
    int width,
    int height,
    VideoUsability usability) {

  /**
   * Reads an SPS NAL unit, header byte included.
   *
   * @throws MalformedMediaException if it is not one, or its picture is larger than any level
   *     allows
   */
  public static SequenceParameterSet parse(byte[] nalUnit) throws MalformedMediaException {
    return SequenceParameterSetReader.read(nalUnit);
  }

  /**
   * The declared frame rate: half the declared clock over its tick (§E.2.1). Empty if none is
   * declared, or none that can be.
   */
  public Optional<FrameRate> frameRate() {
    VideoUsability.Timing timing = usability.timing();
    if (timing == null) {
      return Optional.empty();
    }
    return FrameRate.ofClock(timing.timeScale(), 2 * timing.unitsPerTick());
  }

  /**
   * Most frames a decoder holds back to bring pictures into output order: declared, or else the
   * bound that profile, level and size imply (§A.3.1, §C.4.5.3).
   */
  public int maxReorderFrames() {
    if (usability.reordering() != null) {
      return usability.reordering().maxReorderFrames();
    }
    if (picOrderCntType == 2 || isIntraOnlyProfile()) {
      return 0;
    }
    return maxDpbFrames();
  }

  /** MaxDpbFrames of §A.3.1: how many frames the decoded picture buffer of the level holds. */
  public int maxDpbFrames() {
    int frameSizeInMbs = widthInMbs * heightInMbs;
    return Math.min(LevelLimits.maxDpbMbs(levelIdc, isLevel1b()) / frameSizeInMbs, 16);
  }

  /**
   * §E.2.1 under max_num_reorder_frames: these profiles with constraint_set3 have no inter
   * prediction.
   */
  private boolean isIntraOnlyProfile() {
    boolean constraintSet3 = (constraintFlags & 0x10) != 0;
    return constraintSet3
        && (profileIdc == 44
            || profileIdc == 86
            || profileIdc == 100
            || profileIdc == 110
            || profileIdc == 122
            || profileIdc == 244);
  }

  /** §A.3.1: level 1b is level_idc 9, or 11 with constraint_set3 in Baseline, Main and Extended. */
  private boolean isLevel1b() {
    boolean oldProfile = profileIdc == 66 || profileIdc == 77 || profileIdc == 88;
    return levelIdc == 9 || levelIdc == 11 && oldProfile && (constraintFlags & 0x10) != 0;
  }
}

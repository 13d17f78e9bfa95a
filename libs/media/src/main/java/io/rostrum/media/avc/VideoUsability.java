package io.rostrum.media.avc;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.SampleAspectRatio;

/**
 * What the VUI of a sequence parameter set says, ITU-T H.264 (08/2021) Annex E. Each group is
 * {@code null} where the bitstream does not give it.
 *
 * @param sampleAspectRatio shape of a sample
 * @param colour colour description and range
 * @param timing tick and clock
 * @param reordering bounds on frame reordering
 */
public record VideoUsability(
    SampleAspectRatio sampleAspectRatio,
    ColourDescription colour,
    Timing timing,
    Reordering reordering) {

  /** A VUI that says nothing, which is what a missing one amounts to. */
  public static final VideoUsability NONE = new VideoUsability(null, null, null, null);

  /**
   * E.2.1: two ticks per frame.
   *
   * @param unitsPerTick num_units_in_tick, at least 1
   * @param timeScale time_scale, at least 1
   * @param fixedFrameRate fixed_frame_rate_flag
   */
  public record Timing(long unitsPerTick, long timeScale, boolean fixedFrameRate) {}

  /**
   * E.2.1, bitstream_restriction.
   *
   * @param maxReorderFrames max_num_reorder_frames: most frames that precede any frame in decoding
   *     order and follow it in output order
   * @param maxDecFrameBuffering max_dec_frame_buffering
   */
  public record Reordering(int maxReorderFrames, int maxDecFrameBuffering) {}
}

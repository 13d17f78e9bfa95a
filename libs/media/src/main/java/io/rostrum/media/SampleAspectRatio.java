package io.rostrum.media;

import io.rostrum.media.bits.BitReader;

/**
 * Shape of a sample: its width and height relative to each other.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record SampleAspectRatio(int width, int height) {

  private static final int EXTENDED = 255;

  /**
   * aspect_ratio_idc 1 to 16, the same in ITU-T H.264 (08/2021) table E-1 and ITU-T H.265 (08/2021)
   * table E.1: width, height.
   */
  private static final int[][] BY_INDICATION = {
    null, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33},
    {18, 11}, {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
  };

  public SampleAspectRatio {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("No shape of a sample: " + width + ":" + height);
    }
  }

  /** Reads aspect_ratio_idc and what may follow it; {@code null} where it means unspecified. */
  public static SampleAspectRatio read(BitReader bits) throws MalformedMediaException {
    int indication = bits.intBits(8);
    if (indication == EXTENDED) {
      int width = bits.intBits(16);
      int height = bits.intBits(16);
      // H.264 §E.2.1: zero means unspecified.
      return width == 0 || height == 0 ? null : new SampleAspectRatio(width, height);
    }
    if (indication == 0 || indication >= BY_INDICATION.length) {
      return null;
    }
    int[] ratio = BY_INDICATION[indication];
    return new SampleAspectRatio(ratio[0], ratio[1]);
  }
}

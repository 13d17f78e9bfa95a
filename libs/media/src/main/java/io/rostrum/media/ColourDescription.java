package io.rostrum.media;

import io.rostrum.media.bits.BitReader;

/**
 * Code points of ITU-T H.273 (07/2021): how sample values become light. 2 is "unspecified" in each.
 *
 * @param primaries ColourPrimaries
 * @param transfer TransferCharacteristics
 * @param matrix MatrixCoefficients
 * @param fullRange VideoFullRangeFlag
 */
public record ColourDescription(int primaries, int transfer, int matrix, boolean fullRange) {

  /**
   * Reads video_signal_type of a VUI, the same in ITU-T H.264 and H.265 (both 08/2021) §E.2.1;
   * {@code null} where it tells nothing.
   */
  public static ColourDescription read(BitReader bits) throws MalformedMediaException {
    bits.skip(3); // video_format
    boolean fullRange = bits.flag();
    if (!bits.flag()) {
      return fullRange ? new ColourDescription(2, 2, 2, true) : null;
    }
    return new ColourDescription(bits.intBits(8), bits.intBits(8), bits.intBits(8), fullRange);
  }
}

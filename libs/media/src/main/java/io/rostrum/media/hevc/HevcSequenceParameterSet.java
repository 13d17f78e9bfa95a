package io.rostrum.media.hevc;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.SampleAspectRatio;

/**
 * A sequence parameter set, ITU-T H.265 (08/2021) §7.3.2.2.1, reduced to what a packager uses.
 *
 * @param width width in luma samples inside the conformance window
 * @param height height in luma samples inside the conformance window
 * @param chromaFormatIdc 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepthLuma 8 to 16
 * @param bitDepthChroma 8 to 16
 * @param maxReorderPictures sps_max_num_reorder_pics of the highest layer
 * @param sampleAspectRatio {@code null} where unspecified
 * @param colour {@code null} where unspecified
 * @param frameRate {@code null} where the VUI has no timing
 */
public record HevcSequenceParameterSet(
    int width,
    int height,
    int chromaFormatIdc,
    int bitDepthLuma,
    int bitDepthChroma,
    int maxReorderPictures,
    SampleAspectRatio sampleAspectRatio,
    ColourDescription colour,
    FrameRate frameRate) {

  /**
   * Reads an SPS NAL unit with its two header bytes.
   *
   * @throws MalformedMediaException if it is not one
   */
  public static HevcSequenceParameterSet parse(byte[] nalUnit) throws MalformedMediaException {
    return new HevcSpsReader(nalUnit).read();
  }
}

package io.rostrum.media.cmaf;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.SampleAspectRatio;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.avc.VideoUsability;
import io.rostrum.media.hevc.HevcDecoderConfig;
import io.rostrum.media.hevc.HevcSequenceParameterSet;

/**
 * How to show a picture, as far as its codec configuration tells. Where it tells nothing the boxes
 * are left out, and players take it from the bitstream.
 *
 * @param sampleAspectRatio for {@code pasp}; {@code null} if unknown
 * @param colour for {@code colr}; {@code null} if unknown
 */
record VideoPresentation(SampleAspectRatio sampleAspectRatio, ColourDescription colour) {

  private static final VideoPresentation UNKNOWN = new VideoPresentation(null, null);

  static VideoPresentation of(VideoFormat format) {
    try {
      return switch (format.codec()) {
        case H264 -> ofAvc(format.decoderConfig());
        case HEVC -> ofHevc(format.decoderConfig());
        // Samples are square, and colour stands in vpcC or in the bitstream.
        case AV1, VP8, VP9 -> UNKNOWN;
      };
    } catch (MalformedMediaException ignored) {
      // The format was not made by ofAvc or ofHevc; writing what is known is all that is asked
      // here.
      return UNKNOWN;
    }
  }

  private static VideoPresentation ofAvc(byte[] avcC) throws MalformedMediaException {
    VideoUsability usability = AvcDecoderConfig.parse(avcC).sequenceParameterSet().usability();
    return new VideoPresentation(usability.sampleAspectRatio(), usability.colour());
  }

  private static VideoPresentation ofHevc(byte[] hvcC) throws MalformedMediaException {
    HevcSequenceParameterSet sps = HevcDecoderConfig.parse(hvcC).sequenceParameterSet();
    return new VideoPresentation(sps.sampleAspectRatio(), sps.colour());
  }

  /** Width of the presented picture, with square samples, if it keeps its height; at most 65535. */
  int displayWidth(int width) {
    if (sampleAspectRatio == null) {
      return width;
    }
    long scaled =
        Math.round((double) width * sampleAspectRatio.width() / sampleAspectRatio.height());
    return (int) Math.max(1, Math.min(VideoFormat.MAX_DIMENSION, scaled));
  }
}

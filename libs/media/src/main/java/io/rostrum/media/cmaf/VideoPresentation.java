package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.avc.VideoUsability.Colour;
import io.rostrum.media.avc.VideoUsability.SampleAspectRatio;

/**
 * How to show a picture, as far as its codec configuration tells. Where it tells nothing the boxes
 * are left out, and players take it from the bitstream.
 *
 * @param sampleAspectRatio for {@code pasp}; {@code null} if unknown
 * @param colour for {@code colr}; {@code null} if unknown
 */
record VideoPresentation(SampleAspectRatio sampleAspectRatio, Colour colour) {

  private static final VideoPresentation UNKNOWN = new VideoPresentation(null, null);

  static VideoPresentation of(VideoFormat format) {
    if (format.codec() != VideoCodec.H264) {
      return UNKNOWN;
    }
    try {
      var usability =
          AvcDecoderConfig.parse(format.decoderConfig()).sequenceParameterSet().usability();
      return new VideoPresentation(usability.sampleAspectRatio(), usability.colour());
    } catch (MalformedMediaException ignored) {
      // The format was not made by ofAvc; writing what is known is all that is asked here.
      return UNKNOWN;
    }
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

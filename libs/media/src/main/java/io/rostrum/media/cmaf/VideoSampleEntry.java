package io.rostrum.media.cmaf;

import io.rostrum.media.VideoCodec;

/**
 * The sample entry of each video codec.
 *
 * @param codec the codec
 * @param type name of the entry; the kind that keeps parameter sets out of the samples
 * @param configType name of the box that holds the configuration
 * @param fullConfigBox whether that box has version 1 and flags in front of the configuration
 */
record VideoSampleEntry(VideoCodec codec, int type, int configType, boolean fullConfigBox) {

  static VideoSampleEntry of(VideoCodec codec) {
    return switch (codec) {
      case H264 -> new VideoSampleEntry(codec, FourCc.AVC1, FourCc.AVCC, false);
      case HEVC -> new VideoSampleEntry(codec, FourCc.HVC1, FourCc.HVCC, false);
      case AV1 -> new VideoSampleEntry(codec, FourCc.AV01, FourCc.AV1C, false);
      case VP8 -> new VideoSampleEntry(codec, FourCc.VP08, FourCc.VPCC, true);
      case VP9 -> new VideoSampleEntry(codec, FourCc.VP09, FourCc.VPCC, true);
    };
  }

  /**
   * The codec of an entry's name, or {@code null}. avc3 and hev1 differ from avc1 and hvc1 only in
   * that samples may bring parameter sets.
   */
  static VideoSampleEntry ofType(int type) {
    if (type == FourCc.AVC3) {
      return of(VideoCodec.H264);
    }
    if (type == FourCc.HEV1) {
      return of(VideoCodec.HEVC);
    }
    for (VideoCodec codec : VideoCodec.values()) {
      VideoSampleEntry entry = of(codec);
      if (entry.type() == type) {
        return entry;
      }
    }
    return null;
  }
}

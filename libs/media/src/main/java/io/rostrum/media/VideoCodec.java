package io.rostrum.media;

/** The video codecs that a track can carry. */
public enum VideoCodec {
  /** ISO/IEC 14496-10; configuration is an {@code AVCDecoderConfigurationRecord}. */
  H264,
  /** ISO/IEC 23008-2; configuration is an {@code HEVCDecoderConfigurationRecord}. */
  HEVC,
  /** AOMedia AV1; configuration is an {@code AV1CodecConfigurationRecord}. */
  AV1,
  /**
   * RFC 6386; configuration is a {@code VPCodecConfigurationRecord}, without the box's version and
   * flags.
   */
  VP8,
  /**
   * VP9; configuration is a {@code VPCodecConfigurationRecord}, without the box's version and
   * flags.
   */
  VP9
}

package io.rostrum.media;

/** The audio codecs that a track can carry. */
public enum AudioCodec {
  /** ISO/IEC 14496-3; configuration is an {@code AudioSpecificConfig}. */
  AAC,
  /** RFC 6716; configuration is an RFC 7845 §5.1 identification header ({@code OpusHead}). */
  OPUS,
  /** ETSI TS 102 366; configuration is the body of a {@code dac3} box. */
  AC3,
  /** ETSI TS 102 366 annex E; configuration is the body of a {@code dec3} box. */
  EAC3,
  /**
   * RFC 9639; configuration is the STREAMINFO metadata block with its header, marked as the last.
   */
  FLAC
}

package io.rostrum.media;

/** The audio codecs that a track can carry. */
public enum AudioCodec {
  /** ISO/IEC 14496-3; configuration is an {@code AudioSpecificConfig}. */
  AAC,
  /** RFC 6716; configuration is an RFC 7845 §5.1 identification header ({@code OpusHead}). */
  OPUS
}

package io.rostrum.media;

/** What the access units of a track are, and what a decoder needs before the first of them. */
public sealed interface TrackFormat permits VideoFormat, AudioFormat {

  /** Ticks per second of the track's clock, at least 1. */
  int timescale();

  /**
   * The {@code codecs} parameter of RFC 6381, as HLS and Media Source Extensions want it, such as
   * {@code avc1.64001F}.
   */
  String rfc6381();

  /**
   * The codec's configuration record, in the form its codec constant names. Not copied: do not
   * write to it.
   */
  byte[] decoderConfig();
}

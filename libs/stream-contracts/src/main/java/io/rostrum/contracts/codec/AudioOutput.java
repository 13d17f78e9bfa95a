package io.rostrum.contracts.codec;

/**
 * The encoded audio rendition: always AAC-LC, {@link #SAMPLES_PER_FRAME} samples a frame, in raw
 * access units. Its frames lie on one grid for the whole broadcast, whatever the input's are.
 *
 * @param sampleRate samples per second, 32,000 to 96,000, one of AAC's; also the timescale of all
 *     times of the output
 * @param channels 1 or 2
 * @param bitrateKbps the constant bitrate aimed at, kbit/s
 */
public record AudioOutput(int sampleRate, int channels, int bitrateKbps) {
  /** Samples of an AAC-LC frame: ISO/IEC 14496-3 §4.5.2.1.1. */
  public static final int SAMPLES_PER_FRAME = 1024;

  /**
   * How far before a segment's first frame a worker reads, in milliseconds: older samples are
   * ignored. Enough for a fresh decoder (80 ms for Opus, RFC 7845 §4.6) and for the encoder's own
   * pre-roll.
   */
  public static final int PRE_ROLL_MS = 300;

  /**
   * How far behind a segment's last frame a worker reads, in milliseconds: the last frame shares
   * its window with the next segment's first, and the encoder looks one further ahead.
   */
  public static final int POST_ROLL_MS = 80;

  public AudioOutput {
    Checks.range("sampleRate", sampleRate, 32_000, 96_000);
    Checks.range("channels", channels, 1, 2);
    Checks.range("bitrateKbps", bitrateKbps, 8, 1_000);
  }

  void writeTo(FrameOutput out) {
    out.i32(sampleRate);
    out.i32(channels);
    out.i32(bitrateKbps);
  }

  static AudioOutput readFrom(FrameInput in) throws WorkerProtocolException {
    return new AudioOutput(in.i32(), in.i32(), in.i32());
  }
}

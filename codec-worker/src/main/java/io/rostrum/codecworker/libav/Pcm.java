package io.rostrum.codecworker.libav;

/**
 * A run of decoded sound.
 *
 * @param ptsTicks when its first sample is heard, in the input's timescale
 * @param sampleRate samples per second, as the decoder says
 * @param planes the samples, one array per channel of the output, all of one length, full scale at
 *     1; the receiver's own
 */
public record Pcm(long ptsTicks, int sampleRate, float[][] planes) {
  /** Samples per channel. */
  public int samples() {
    return planes[0].length;
  }
}

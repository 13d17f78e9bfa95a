package io.rostrum.ingest.media;

import java.util.OptionalLong;

/**
 * Puts audio frames one behind the other. Timestamps only say when frames are missing or too many:
 * a hole of whole frames is left where the sender is ahead of the grid by more than {@link
 * #MAX_AHEAD_US}, and frames are dropped while it is behind by more than {@link #MAX_BEHIND_US}; in
 * between the grid stands, since such a difference is jitter and not heard.
 */
final class AudioGrid {

  static final long MAX_AHEAD_US = 60_000;
  static final long MAX_BEHIND_US = 100_000;

  private static final long US_PER_SECOND = 1_000_000;

  private final int sampleRate;
  private long nextSample = -1;

  AudioGrid(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  /**
   * @param timeUs the frame's time on the publication's clock, at least 0
   * @param samples its duration
   * @return first sample of its place, or nothing if there is no place for it
   */
  OptionalLong next(long timeUs, int samples) {
    long observed = Math.floorDiv(timeUs * sampleRate + US_PER_SECOND / 2, US_PER_SECOND);
    if (nextSample < 0) {
      nextSample = observed;
    }
    long aheadSamples = observed - nextSample;
    if (aheadSamples * US_PER_SECOND > MAX_AHEAD_US * sampleRate) {
      nextSample += aheadSamples / samples * samples;
    } else if (-aheadSamples * US_PER_SECOND > MAX_BEHIND_US * sampleRate) {
      return OptionalLong.empty();
    }
    long place = nextSample;
    nextSample += samples;
    return OptionalLong.of(place);
  }
}

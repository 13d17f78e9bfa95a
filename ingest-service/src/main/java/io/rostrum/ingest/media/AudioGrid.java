package io.rostrum.ingest.media;

import java.util.OptionalLong;

/**
 * Puts audio frames on one grid of whole frames. Timestamps only say when frames are missing or too
 * many: a hole is left where the sender is ahead of the grid by more than {@link #MAX_AHEAD_MS},
 * and frames are dropped while it is behind by more than {@link #MAX_BEHIND_MS}; in between the
 * grid stands, since such a difference is jitter and not heard.
 */
final class AudioGrid {

  static final long MAX_AHEAD_MS = 60;
  static final long MAX_BEHIND_MS = 100;

  private final int sampleRate;
  private final int samplesPerFrame;
  private long nextSample = -1;

  AudioGrid(int sampleRate, int samplesPerFrame) {
    this.sampleRate = sampleRate;
    this.samplesPerFrame = samplesPerFrame;
  }

  /**
   * @param timeMs the frame's time on the publication's clock, at least 0
   * @return first sample of its place, or nothing if there is no place for it
   */
  OptionalLong next(long timeMs) {
    long observed = Math.floorDiv(timeMs * sampleRate + 500, 1000L);
    if (nextSample < 0) {
      nextSample = observed;
    }
    long aheadSamples = observed - nextSample;
    if (aheadSamples * 1000 > MAX_AHEAD_MS * sampleRate) {
      nextSample += aheadSamples / samplesPerFrame * samplesPerFrame;
    } else if (-aheadSamples * 1000 > MAX_BEHIND_MS * sampleRate) {
      return OptionalLong.empty();
    }
    long place = nextSample;
    nextSample += samplesPerFrame;
    return OptionalLong.of(place);
  }
}

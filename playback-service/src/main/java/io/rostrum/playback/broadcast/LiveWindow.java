package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;

/**
 * Where the sliding playlist begins. Only moves forward (§6.2.2: EXT-X-MEDIA-SEQUENCE never
 * decreases).
 */
final class LiveWindow {
  /** AS 8.11: never fewer segments. */
  private static final int MIN_SEGMENTS = 6;

  private final Recording recording;
  private final long minTicks;
  private long windowTicks;
  private long firstMsn;
  private long ticks;

  /**
   * @param targetDurationSeconds §6.2.2: the playlist never gets shorter than three of them
   */
  LiveWindow(Recording recording, int targetDurationSeconds, int windowSeconds) {
    this.recording = recording;
    this.minTicks = 3L * targetDurationSeconds * Fact.CLOCK_HZ;
    length(windowSeconds);
  }

  void length(int seconds) {
    windowTicks = Math.max(minTicks, (long) seconds * Fact.CLOCK_HZ);
  }

  /** The first segment of the window. */
  long first() {
    return firstMsn;
  }

  /** A segment was appended to the recording. Gives the first segment of the window. */
  long appended(ClosedSegment segment) {
    ticks += segment.durationTicks();
    while (recording.count() - firstMsn > MIN_SEGMENTS
        && ticks - recording.get(firstMsn).durationTicks() >= windowTicks) {
      ticks -= recording.get(firstMsn).durationTicks();
      firstMsn++;
    }
    return firstMsn;
  }
}

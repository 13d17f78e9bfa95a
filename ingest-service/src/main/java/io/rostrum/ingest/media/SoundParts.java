package io.rostrum.ingest.media;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.PartLength;

/**
 * Foresees where parts of sound that is passed through end, so that its chunks end there too. A
 * segment's sound begins with the first frame that starts in it, each part takes as many frames as
 * fit into PART-TARGET, and a part can go to viewers when the pictures have got past the start of
 * its last frame: until then that frame may still be the next segment's (DESIGN.md, "Parts").
 *
 * <p>It decides nothing: a wrong guess costs a record, or some milliseconds. For one thread.
 */
final class SoundParts {
  private static final long NOTHING = Long.MAX_VALUE;

  private final int timescale;
  private final int partTargetMs;
  private long segmentTicks;
  private long picturesTicks;
  private long awaitedTicks = NOTHING;

  /**
   * @param timescale of the sound
   */
  SoundParts(int timescale, int partTargetMs) {
    this.timescale = timescale;
    this.partTargetMs = partTargetMs;
  }

  /**
   * A picture has gone into its chunk.
   *
   * @param endTicks decode time of its successor, 90 kHz
   * @return whether a part of the sound has been waiting for it
   */
  boolean picture(long endTicks) {
    picturesTicks = endTicks;
    if (endTicks <= awaitedTicks) {
      return false;
    }
    awaitedTicks = NOTHING;
    return true;
  }

  /**
   * @param startTicks of a segment, 90 kHz
   */
  void segment(long startTicks) {
    segmentTicks = inSound(startTicks);
  }

  /** Whether a part ends with a frame, by what is known of segments so far. */
  boolean endsWith(AccessUnit frame) {
    long samples = Math.max(1, frame.durationTicks());
    long sinceTicks = frame.decodeTimeTicks() - segmentTicks;
    int perPart = PartLength.frames(timescale, samples, partTargetMs);
    return sinceTicks >= 0 && (sinceTicks / samples + 1) % perPart == 0;
  }

  /**
   * The last frame of a part has gone into its chunk.
   *
   * @return whether the pictures have got past its start; otherwise {@link #picture} tells
   */
  boolean ended(AccessUnit last) {
    long startTicks =
        last.decodeTimeTicks() * VideoTiming.TIMESCALE / timescale; // rounded down: not too late
    if (picturesTicks > startTicks) {
      return true;
    }
    awaitedTicks = startTicks;
    return false;
  }

  private long inSound(long ticks) {
    return ticks * timescale / VideoTiming.TIMESCALE;
  }
}

package io.rostrum.transcode.segment;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.transcode.checkpoint.Position;

/**
 * The broadcast's grid of audio frames, where they are encoded: one frame after the other through
 * all publications (DESIGN.md, invariant 4).
 *
 * @param phaseTicks where on it some frame starts
 * @param nextTicks where the next frame may start at the earliest
 */
record SoundGrid(long phaseTicks, long nextTicks) {
  private static final int FRAME = AudioOutput.SAMPLES_PER_FRAME;

  /**
   * @param position what was heard before; where that is nothing, the segment is the grid's origin
   * @param startTicks where the segment starts, 90 kHz
   * @param sampleRate the output's
   */
  static SoundGrid of(Position position, long startTicks, int sampleRate) {
    long start = MediaClock.toTrack(startTicks, sampleRate);
    long next =
        position.audioEndTicks() == null ? start : Math.max(start, position.audioEndTicks());
    long phase = position.audioPhaseTicks() == null ? next : position.audioPhaseTicks();
    return new SoundGrid(Math.floorMod(phase, (long) FRAME), next);
  }

  /** The first frame at or behind both {@code ticks} and {@link #nextTicks()}. */
  long frameFrom(long ticks) {
    long from = Math.max(ticks, nextTicks);
    return from + Math.floorMod(phaseTicks - from, (long) FRAME);
  }
}

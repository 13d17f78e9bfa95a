package io.rostrum.ingest.media;

import io.rostrum.media.FrameRate;

/**
 * Rebuilds the times of video frames from whole milliseconds: at 60 frames/s a sender's timestamps
 * step by 16 and 17 ms, and parts cut by them would not be alike.
 *
 * <p>While timestamps stay within {@link #TOLERANCE_TICKS} of the grid of the frame rate, frames
 * lie on the grid, also where some are missing in between. One that does not is believed, and the
 * grid starts anew from it: a source of varying rate keeps its own times. The rate is the one the
 * bitstream declares until measurement says otherwise.
 */
final class VideoTiming {

  /** Ticks per second of everything here. */
  static final int TIMESCALE = 90_000;

  /** 1.5 ms: rounding of this timestamp, plus that of the one the grid started from, plus some. */
  static final int TOLERANCE_TICKS = 135;

  private static final double MAX_RATE = 240;

  /**
   * Times of a frame, on the publication's clock in 90 kHz ticks.
   *
   * @param compositionTicks presentation minus decode time
   */
  record Times(long decodeTicks, int compositionTicks) {}

  private final RateMeasurement measurement = new RateMeasurement();
  private FrameRate rate;
  private boolean started;
  private long anchorTicks;
  private long index;
  private long lastTicks;

  /**
   * @param declared frame rate in the bitstream; null if there is none
   */
  VideoTiming(FrameRate declared) {
    rate = declared == null || declared.framesPerSecond() > MAX_RATE ? null : declared;
  }

  /** The rate frames are held against; null while unknown. */
  FrameRate rate() {
    return rate;
  }

  /**
   * @param decodeTicks as sent, 90 kHz
   * @param compositionTicks as sent, 90 kHz
   * @return rebuilt times; decode times always rise
   */
  Times next(long decodeTicks, int compositionTicks) {
    measurement.add(decodeTicks);
    if (!started) {
      started = true;
      anchor(decodeTicks);
      return times(decodeTicks, compositionTicks);
    }
    if (rate != null) {
      long nearest = rate.nearestIndex(decodeTicks - anchorTicks, TIMESCALE);
      long snapped = anchorTicks + rate.gridTicks(nearest, TIMESCALE);
      if (nearest > index
          && snapped > lastTicks
          && Math.abs(decodeTicks - snapped) <= TOLERANCE_TICKS) {
        index = nearest;
        return times(snapped, compositionTicks);
      }
    }
    measurement.rate().ifPresent(measured -> rate = measured);
    anchor(Math.max(decodeTicks, lastTicks + 1));
    return times(anchorTicks, compositionTicks);
  }

  private void anchor(long ticks) {
    anchorTicks = ticks;
    index = 0;
  }

  private Times times(long decodeTicks, int compositionTicks) {
    lastTicks = decodeTicks;
    if (rate == null) {
      return new Times(decodeTicks, compositionTicks);
    }
    long frames = rate.nearestIndex(compositionTicks, TIMESCALE);
    // From this frame's place on the grid to another's, so that presentation times lie on it, too.
    long onGrid = rate.gridTicks(index + frames, TIMESCALE) - rate.gridTicks(index, TIMESCALE);
    boolean close = Math.abs(onGrid - compositionTicks) <= TOLERANCE_TICKS;
    return new Times(decodeTicks, close ? (int) onGrid : compositionTicks);
  }
}

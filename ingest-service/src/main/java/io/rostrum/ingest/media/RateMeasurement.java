package io.rostrum.ingest.media;

import io.rostrum.media.FrameRate;
import java.util.Optional;

/**
 * Measures a steady frame rate over a run of frames; a gap or a change of rate starts a new run.
 */
final class RateMeasurement {

  private static final int MIN_FRAMES = 12;
  private static final int RESTART_FRAMES = 3_000;

  private long firstTicks;
  private long lastTicks;
  private int intervals = -1;

  void add(long decodeTicks) {
    long step = decodeTicks - lastTicks;
    if (intervals > 0) {
      long mean = (lastTicks - firstTicks) / intervals;
      // Whole milliseconds move a step by up to 1 ms either way.
      if (Math.abs(step - mean) > 2 * VideoTiming.TOLERANCE_TICKS || intervals > RESTART_FRAMES) {
        intervals = -1;
      }
    }
    if (intervals < 0) {
      firstTicks = decodeTicks;
    }
    intervals++;
    lastTicks = decodeTicks;
  }

  /** The known rate that fits the run; empty while the run is short or fits none. */
  Optional<FrameRate> rate() {
    if (intervals < MIN_FRAMES || lastTicks <= firstTicks) {
      return Optional.empty();
    }
    long span = lastTicks - firstTicks;
    double measured = (double) intervals * VideoTiming.TIMESCALE / span;
    double uncertainty = (double) VideoTiming.TOLERANCE_TICKS / span;
    return FrameRate.nearestKnown(measured, Math.max(0.0004, uncertainty));
  }
}

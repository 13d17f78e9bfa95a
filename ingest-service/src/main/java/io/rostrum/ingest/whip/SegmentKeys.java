package io.rostrum.ingest.whip;

/**
 * When a key frame is due so that the next segment can start: browsers send none unless asked. Goes
 * by the cutting rule of DESIGN.md, "Cutting", as {@code media.SegmentCutter} carries it out, with
 * its short first segment, for which none is needed.
 */
final class SegmentKeys {

  static final long FIRST_US = 500_000;
  static final long TARGET_US = 4_000_000;
  private static final long MAX_US = 6_000_000;

  private static final int INTERVALS_TO_TRUST = 2;

  private boolean started;
  private boolean first = true;
  private int intervals;
  private long longestIntervalUs;
  private long lastKeyUs;
  private long segmentStartUs;

  /** Whether to ask for a key frame behind this frame. */
  boolean isDue(long timeUs, boolean key) {
    if (started && first && timeUs - segmentStartUs >= FIRST_US) {
      first = false;
      segmentStartUs += FIRST_US;
    }
    if (key) {
      keyFrame(timeUs);
    }
    return started && timeUs - segmentStartUs >= TARGET_US;
  }

  private void keyFrame(long timeUs) {
    if (started) {
      intervals++;
      longestIntervalUs = Math.max(longestIntervalUs, timeUs - lastKeyUs);
    }
    lastKeyUs = timeUs;
    long elapsedUs = timeUs - segmentStartUs;
    boolean cuts =
        intervals < INTERVALS_TO_TRUST
            || elapsedUs >= TARGET_US
            || elapsedUs + longestIntervalUs > MAX_US;
    if (!started || cuts) {
      first = !started;
      started = true;
      segmentStartUs = timeUs;
    }
  }
}

package io.rostrum.ingest.media;

/** The last intervals between keyframes, by their timestamps. */
final class KeyframeIntervals {

  private static final int REMEMBERED = 3;
  private static final double US_PER_SECOND = 1_000_000;

  /** Intervals may differ by so much and still be even. */
  private static final double EVEN = 1.5;

  private static final long EVEN_US = 1_000_000;

  private final long[] intervalsUs = new long[REMEMBERED];
  private int count;
  private boolean seen;
  private long lastKeyframeUs;
  private long lastUs;

  void add(long timeUs, boolean keyframe) {
    lastUs = timeUs;
    if (keyframe) {
      if (seen) {
        intervalsUs[count++ % REMEMBERED] = timeUs - lastKeyframeUs;
      }
      seen = true;
      lastKeyframeUs = timeUs;
    }
  }

  void forget() {
    seen = false;
    count = 0;
  }

  /**
   * The longest of the last three, or the present one where that is longer already; 0 before the
   * first keyframe.
   */
  double longestSeconds() {
    if (!seen) {
      return 0;
    }
    long longest = lastUs - lastKeyframeUs;
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      longest = Math.max(longest, intervalsUs[i]);
    }
    return longest / US_PER_SECOND;
  }

  boolean isUneven() {
    if (count < REMEMBERED) {
      return false;
    }
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (long interval : intervalsUs) {
      shortest = Math.min(shortest, interval);
      longest = Math.max(longest, interval);
    }
    return longest > shortest * EVEN && longest - shortest > EVEN_US;
  }
}

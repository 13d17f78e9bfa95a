package io.rostrum.ingest.media;

import java.util.Arrays;

/** Rates and times of one track over the last seconds. */
final class TrackMeasurement {

  private static final int SECONDS = 10;
  private static final int TIMES = 128;
  private static final long MS = 1_000;
  private static final double US = 1_000_000;

  /** Frames that the average of arrival against timestamp is made of before it is believed. */
  private static final int LAG_FRAMES = 60;

  private static final double LAG_WEIGHT = 1.0 / 128;

  /** Intervals that differ from the usual one by more than this are not of the same rate. */
  private static final double STEADY = 0.2;

  private static final double STEADY_US = 3_000;

  /** Below this many intervals out of rate a source is steady: dropped frames are no variation. */
  private static final double VARYING_SHARE = 0.2;

  private final long[] secondBytes = new long[SECONDS + 1];
  private final long[] secondOf = new long[SECONDS + 1];
  private final long[] secondMediaUs = new long[SECONDS + 1];
  private final long[] times = new long[TIMES];
  private int timeCount;
  private long bytes;
  private long firstMs = -1;
  private long lastMs;
  private long lastTimeUs;
  private boolean timesKnown;
  private double lagUs;
  private int lagFrames;

  void add(long timeUs, int frameBytes, long nowMs) {
    long second = nowMs / MS;
    int slot = (int) (second % secondOf.length);
    if (secondOf[slot] != second) {
      secondOf[slot] = second;
      secondBytes[slot] = 0;
      secondMediaUs[slot] = 0;
    }
    secondBytes[slot] += frameBytes;
    if (timesKnown) {
      secondMediaUs[slot] += Math.max(0, timeUs - lastTimeUs);
    }
    times[timeCount++ % TIMES] = timeUs;
    double lag = nowMs * (double) MS - timeUs;
    lagUs =
        lagFrames == 0 ? lag : lagUs + (lag - lagUs) * Math.max(LAG_WEIGHT, 1.0 / (lagFrames + 1));
    lagFrames++;
    bytes += frameBytes;
    lastTimeUs = timeUs;
    timesKnown = true;
    lastMs = nowMs;
    if (firstMs < 0) {
      firstMs = nowMs;
    }
  }

  void timesStartAnew() {
    timeCount = 0;
    timesKnown = false;
    lagFrames = 0;
  }

  long bytes() {
    return bytes;
  }

  /** Since the last frame; since ever where there was none. */
  long silentMs(long nowMs) {
    return firstMs < 0 ? Long.MAX_VALUE : nowMs - lastMs;
  }

  /** Over the whole seconds of the last ten. */
  long bitsPerSecond(long nowMs) {
    long second = nowMs / MS;
    long from = Math.max(second - SECONDS, firstMs / MS + 1);
    if (firstMs < 0 || from >= second) {
      return firstMs < 0 || nowMs == firstMs ? 0 : bytes * 8 * MS / (nowMs - firstMs);
    }
    long sum = 0;
    for (long s = from; s < second; s++) {
      sum += bytesIn(s);
    }
    return sum * 8 / (second - from);
  }

  /**
   * By how much the last five seconds and the five before them differ, as the larger over the
   * smaller; 1 while that is not known. Single seconds differ by what keyframes are larger than
   * other frames.
   */
  double bitrateRatio(long nowMs) {
    long second = nowMs / MS;
    if (firstMs < 0 || second - SECONDS <= firstMs / MS) {
      return 1;
    }
    long older = 0;
    long newer = 0;
    for (int i = 1; i <= SECONDS; i++) {
      if (i <= SECONDS / 2) {
        newer += bytesIn(second - i);
      } else {
        older += bytesIn(second - i);
      }
    }
    long smaller = Math.min(older, newer);
    return smaller == 0 ? 1 : (double) Math.max(older, newer) / smaller;
  }

  /** Media seconds that came in for each second of the last ten; 1 while that is not known. */
  double speed(long nowMs) {
    long second = nowMs / MS;
    if (firstMs < 0 || second - SECONDS <= firstMs / MS) {
      return 1;
    }
    long media = 0;
    for (long s = second - SECONDS; s < second; s++) {
      int slot = (int) (s % secondOf.length);
      media += secondOf[slot] == s ? secondMediaUs[slot] : 0;
    }
    return media / US / SECONDS;
  }

  private long bytesIn(long second) {
    int slot = (int) (second % secondOf.length);
    return secondOf[slot] == second ? secondBytes[slot] : 0;
  }

  /** Of the last frames, by their timestamps; 0 while few are known. */
  double framesPerSecond() {
    int count = Math.min(timeCount, TIMES);
    if (count < 2) {
      return 0;
    }
    long first = times[(timeCount - count) % TIMES];
    long last = times[(timeCount - 1) % TIMES];
    return last <= first ? 0 : (count - 1) * US / (last - first);
  }

  /** Whether frames follow one another in no steady rate. */
  boolean variesInRate() {
    int count = Math.min(timeCount, TIMES);
    if (count < TIMES) {
      return false;
    }
    long[] intervals = new long[count - 1];
    for (int i = 0; i < intervals.length; i++) {
      int at = timeCount - count + i;
      intervals[i] = times[(at + 1) % TIMES] - times[at % TIMES];
    }
    Arrays.sort(intervals);
    long usual = intervals[intervals.length / 2];
    long off =
        Arrays.stream(intervals)
            .filter(i -> Math.abs(i - usual) > Math.max(STEADY_US, usual * STEADY))
            .count();
    return off > intervals.length * VARYING_SHARE;
  }

  boolean lagKnown() {
    return lagFrames >= LAG_FRAMES;
  }

  /** Arrival minus timestamp, averaged: a number without meaning but for its change. */
  long lagUs() {
    return (long) lagUs;
  }
}

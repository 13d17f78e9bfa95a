package io.rostrum.playback.broadcast;

import java.util.ArrayDeque;

/**
 * Bit rates of one rendition, measured on its closed segments. Guarded by the broadcast's lock.
 *
 * <p>The peak is the largest rate of any run of segments that lasts between half a target duration
 * and one and a half (§4.1). The last segment of all may be shorter than that; alone it counts for
 * nothing.
 */
final class BitRates {
  /** What AS 1.29 and 1.28 allow what was measured to be above what was declared. */
  private static final double PEAK_TOLERANCE = 1.25;

  private static final double AVERAGE_TOLERANCE = 1.10;

  /** Below this an average says more about the first picture than about the broadcast. */
  private static final long SETTLED_MICROS = 60_000_000;

  private static final double BITS_TIMES_MICROS = 8e6;

  private record Segment(long bytes, long micros) {}

  private final long declaredPeak;
  private final long declaredAverage;
  private final long shortestRunMicros;
  private final long longestRunMicros;
  private final ArrayDeque<Segment> run = new ArrayDeque<>();
  private long bytes;
  private long micros;
  private double peak;
  private long shownPeak;
  private long shownAverage;

  /**
   * @param declaredPeak bits per second, before anything was measured; 0 where unknown
   * @param declaredAverage likewise
   */
  BitRates(long declaredPeak, long declaredAverage, int targetDurationSeconds) {
    this.declaredPeak = declaredPeak;
    this.declaredAverage = declaredAverage;
    this.shortestRunMicros = targetDurationSeconds * 500_000L;
    this.longestRunMicros = targetDurationSeconds * 1_500_000L;
    this.shownPeak = declaredPeak;
    this.shownAverage = declaredAverage;
  }

  /** A gap: no run goes across it. */
  void gap() {
    run.clear();
  }

  void add(long segmentBytes, long segmentMicros) {
    bytes += segmentBytes;
    micros += segmentMicros;
    run.addLast(new Segment(segmentBytes, segmentMicros));
    long sum = 0;
    long length = 0;
    int kept = 0;
    for (var newestFirst = run.descendingIterator(); newestFirst.hasNext(); ) {
      Segment segment = newestFirst.next();
      sum += segment.bytes();
      length += segment.micros();
      if (length > longestRunMicros) {
        break;
      }
      kept++;
      if (length >= shortestRunMicros) {
        peak = Math.max(peak, BITS_TIMES_MICROS * sum / length);
      }
    }
    while (run.size() > Math.max(1, kept)) {
      run.removeFirst();
    }
    correct();
  }

  /**
   * While it is live the declared values stand until what was measured contradicts them: players
   * read them once, caches hold them, and a value per segment would help nobody.
   */
  private void correct() {
    if (peak > PEAK_TOLERANCE * shownPeak || (declaredPeak == 0 && shownPeak == 0)) {
      shownPeak = Math.round(peak);
    }
    double average = average();
    boolean above = average > AVERAGE_TOLERANCE * shownAverage;
    boolean below = average * AVERAGE_TOLERANCE < shownAverage;
    if (micros >= SETTLED_MICROS && (above || below)) {
      shownAverage = Math.round(average);
    }
  }

  private double average() {
    return micros == 0 ? 0 : BITS_TIMES_MICROS * bytes / micros;
  }

  /**
   * What the multivariant playlist says while segments may still come: what was declared, or, where
   * that turned out wrong, what was measured.
   *
   * @return bits per second; 0 where nothing is known
   */
  long livePeak() {
    return Math.max(shownPeak, shownAverage);
  }

  /** The same for the average. */
  long liveAverage() {
    return shownAverage;
  }

  /** §4.4.6.2: what was measured, once all segments are there; as declared where none is. */
  long finalPeak() {
    long measured = Math.round(Math.max(peak, average()));
    return measured == 0 ? declaredPeak : measured;
  }

  /** The same for the average. */
  long finalAverage() {
    return micros == 0 ? declaredAverage : Math.round(average());
  }
}

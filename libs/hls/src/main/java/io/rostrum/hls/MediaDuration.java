package io.rostrum.hls;

/**
 * An exact duration of media.
 *
 * @param ticks not negative
 * @param timescale ticks per second, positive
 */
public record MediaDuration(long ticks, int timescale) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  public MediaDuration {
    if (ticks < 0 || timescale <= 0) {
      throw new IllegalArgumentException(
          "a media duration is not negative and has a timescale: " + ticks + "/" + timescale);
    }
  }

  /** A duration of whole milliseconds. */
  public static MediaDuration ofMillis(long millis) {
    return new MediaDuration(millis, 1000);
  }

  /** Rounded to the nearest microsecond. */
  public long toMicros() {
    long seconds = ticks / timescale;
    long rest = ticks % timescale;
    return seconds * MICROS_PER_SECOND + (rest * MICROS_PER_SECOND + timescale / 2) / timescale;
  }

  /**
   * Decimal seconds with one to six decimals (decimal-floating-point, §4.2). A sum of thousands of
   * rounded durations stays within a millisecond of the truth, where AS 8.1 allows a video frame.
   */
  public void appendSeconds(StringBuilder out) {
    appendSeconds(out, toMicros());
  }

  static void appendSeconds(StringBuilder out, long micros) {
    out.append(micros / MICROS_PER_SECOND).append('.');
    long fraction = micros % MICROS_PER_SECOND;
    long unit = MICROS_PER_SECOND / 10;
    do {
      out.append((char) ('0' + fraction / unit));
      fraction %= unit;
      unit /= 10;
    } while (fraction > 0);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendSeconds(text);
    return text.append('s').toString();
  }
}

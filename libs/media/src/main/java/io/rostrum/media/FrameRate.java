package io.rostrum.media;

import java.util.List;
import java.util.Optional;

/**
 * Frames per second as an exact fraction, always in lowest terms, so that equal rates are equal
 * records.
 *
 * @param numerator frames, at least 1
 * @param denominator seconds, at least 1
 */
public record FrameRate(int numerator, int denominator) implements Comparable<FrameRate> {

  /** The rates that cameras, encoders and displays really use, ascending. */
  public static final List<FrameRate> KNOWN =
      List.of(
          new FrameRate(10, 1),
          new FrameRate(12, 1),
          new FrameRate(15, 1),
          new FrameRate(20, 1),
          new FrameRate(24_000, 1001),
          new FrameRate(24, 1),
          new FrameRate(25, 1),
          new FrameRate(30_000, 1001),
          new FrameRate(30, 1),
          new FrameRate(48, 1),
          new FrameRate(50, 1),
          new FrameRate(60_000, 1001),
          new FrameRate(60, 1),
          new FrameRate(120_000, 1001),
          new FrameRate(120, 1));

  private static final double MAX_DECLARED_RATE = 300;

  public FrameRate {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException(
          "A frame rate needs positive terms, got " + numerator + "/" + denominator);
    }
    int divisor = gcd(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  /**
   * The known rate nearest to a measured one, if one is within the tolerance.
   *
   * @param framesPerSecond the measured rate
   * @param tolerance largest relative difference, such as 0.0004; 29.97 and 30 differ by 0.001
   */
  public static Optional<FrameRate> nearestKnown(double framesPerSecond, double tolerance) {
    FrameRate nearest = null;
    double smallest = Double.MAX_VALUE;
    for (FrameRate known : KNOWN) {
      double difference = Math.abs(known.framesPerSecond() - framesPerSecond);
      if (difference < smallest) {
        smallest = difference;
        nearest = known;
      }
    }
    return smallest <= framesPerSecond * tolerance ? Optional.of(nearest) : Optional.empty();
  }

  /**
   * The rate that a bitstream's header declares. Empty outside 1 to 300 frames per second: encoders
   * that do not know theirs write anything.
   *
   * @param ticksPerSecond frequency of the header's clock, at least 1
   * @param ticksPerFrame ticks from frame to frame, at least 1
   */
  public static Optional<FrameRate> ofClock(long ticksPerSecond, long ticksPerFrame) {
    double rate = (double) ticksPerSecond / ticksPerFrame;
    if (rate < 1 || rate > MAX_DECLARED_RATE) {
      return Optional.empty();
    }
    long numerator = ticksPerSecond;
    long denominator = ticksPerFrame;
    while (numerator > Integer.MAX_VALUE || denominator > Integer.MAX_VALUE) {
      numerator >>= 1;
      denominator >>= 1;
    }
    return Optional.of(new FrameRate((int) numerator, (int) denominator));
  }

  /** The rate as a decimal number, for display and comparison only. */
  public double framesPerSecond() {
    return (double) numerator / denominator;
  }

  /**
   * Duration of one frame in ticks, rounded to the nearest; it may be inexact, so never add it up:
   * use {@link #gridTicks}.
   */
  public long frameDurationTicks(int timescale) {
    return (2L * denominator * timescale + numerator) / (2L * numerator);
  }

  /** Whether every frame lasts the same whole number of ticks at this timescale. */
  public boolean isExactAt(int timescale) {
    return (long) denominator * timescale % numerator == 0;
  }

  /**
   * Start of frame {@code index} in ticks: ⌊index · denominator · timescale / numerator⌋, computed
   * from the index alone, so that the grid never drifts. The duration of a frame is the difference
   * of two neighbours.
   *
   * @throws ArithmeticException if the result does not fit in 63 bits
   */
  public long gridTicks(long index, int timescale) {
    long ticksPerNumeratorFrames = Math.multiplyExact((long) denominator, (long) timescale);
    long whole =
        Math.multiplyExact(Math.floorDiv(index, (long) numerator), ticksPerNumeratorFrames);
    long rest = Math.floorMod(index, (long) numerator);
    return Math.addExact(whole, Math.multiplyExact(rest, ticksPerNumeratorFrames) / numerator);
  }

  /** Index of the grid position nearest to a time: the inverse of {@link #gridTicks}. */
  public long nearestIndex(long ticks, int timescale) {
    long ticksPerNumeratorFrames = Math.multiplyExact((long) denominator, (long) timescale);
    long whole = Math.floorDiv(ticks, ticksPerNumeratorFrames);
    long rest = Math.floorMod(ticks, ticksPerNumeratorFrames);
    long low =
        Math.addExact(
            Math.multiplyExact(whole, (long) numerator),
            Math.multiplyExact(rest, (long) numerator) / ticksPerNumeratorFrames);
    return ticks - gridTicks(low, timescale) <= gridTicks(low + 1, timescale) - ticks
        ? low
        : low + 1;
  }

  @Override
  public int compareTo(FrameRate other) {
    return Long.compare((long) numerator * other.denominator, (long) other.numerator * denominator);
  }

  /** Such as {@code 30000/1001}. */
  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}

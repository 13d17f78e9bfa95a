package io.rostrum.contracts.codec;

/**
 * A constant frame rate as a fraction, in frames per second.
 *
 * @param numerator 1 to 1,000,000
 * @param denominator 1 to 1,000,000
 */
public record FrameRate(int numerator, int denominator) {
  private static final int MAX = 1_000_000;
  private static final int MAX_FRAMES_PER_SECOND = 240;

  public FrameRate {
    if (numerator < 1 || numerator > MAX || denominator < 1 || denominator > MAX) {
      throw new IllegalArgumentException(
          "frame rate out of range: " + numerator + "/" + denominator);
    }
    if (numerator > (long) MAX_FRAMES_PER_SECOND * denominator || denominator > numerator) {
      throw new IllegalArgumentException(
          "frame rate not within 1 to "
              + MAX_FRAMES_PER_SECOND
              + " frames/s: "
              + numerator
              + "/"
              + denominator);
    }
  }

  @Override
  public String toString() {
    return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
  }
}

package io.rostrum.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * Several measurements of one thing.
 *
 * @param median of them
 * @param least of them
 * @param most of them
 */
public record Spread(double median, double least, double most) {

  /**
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(percentile(sorted, 50), sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * @param sorted ascending, not empty
   * @param percent 0 to 100
   */
  public static double percentile(double[] sorted, double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return Arrays.stream(sorted).skip(Math.max(0, rank - 1)).findFirst().orElseThrow();
  }
}

package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.TestVideo;

/**
 * How alike two pictures look: the structural similarity of Wang et al., "Image Quality Assessment:
 * From Error Visibility to Structural Similarity" (2004), of the luma, over blocks of 8 by 8 pixels
 * that overlap by half; 1 for the same.
 */
final class Ssim {
  private static final int BLOCK = 8;
  private static final int STEP = 4;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private Ssim() {}

  static double of(TestVideo.Shown one, TestVideo.Shown other) {
    double sum = 0;
    int blocks = 0;
    for (int y = 0; y + BLOCK <= one.height(); y += STEP) {
      for (int x = 0; x + BLOCK <= one.width(); x += STEP) {
        sum += block(one, other, x, y);
        blocks++;
      }
    }
    return sum / blocks;
  }

  private static double block(TestVideo.Shown one, TestVideo.Shown other, int left, int top) {
    long sumA = 0;
    long sumB = 0;
    long sumAa = 0;
    long sumBb = 0;
    long sumAb = 0;
    for (int y = top; y < top + BLOCK; y++) {
      for (int x = left; x < left + BLOCK; x++) {
        int a = one.at(x, y);
        int b = other.at(x, y);
        sumA += a;
        sumB += b;
        sumAa += a * a;
        sumBb += b * b;
        sumAb += a * b;
      }
    }
    double n = BLOCK * BLOCK;
    double meanA = sumA / n;
    double meanB = sumB / n;
    double varianceA = sumAa / n - meanA * meanA;
    double varianceB = sumBb / n - meanB * meanB;
    double covariance = sumAb / n - meanA * meanB;
    return (2 * meanA * meanB + C1)
        * (2 * covariance + C2)
        / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  }
}

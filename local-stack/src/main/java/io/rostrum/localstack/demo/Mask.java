package io.rostrum.localstack.demo;

/**
 * A shape as coverage, 0 to 255 per luma sample and, averaged, per chroma sample of 4:2:0. Computed
 * once, blended into every frame; its colour is chosen then. Width and height are even.
 */
final class Mask {

  private final int width;
  private final int height;
  private final byte[] luma;
  private final byte[] chroma;

  private Mask(int width, int height, byte[] luma) {
    this.width = width;
    this.height = height;
    this.luma = luma;
    this.chroma = halved(width, height, luma);
  }

  /** Coverage at the middle of a sample, from 0 to 1. */
  @FunctionalInterface
  interface Coverage {
    double at(double x, double y);
  }

  static Mask of(int width, int height, Coverage coverage) {
    int evenWidth = (width + 1) & ~1;
    int evenHeight = (height + 1) & ~1;
    byte[] samples = new byte[evenWidth * evenHeight];
    for (int y = 0; y < evenHeight; y++) {
      for (int x = 0; x < evenWidth; x++) {
        double value = Math.max(0, Math.min(1, coverage.at(x + 0.5, y + 0.5)));
        samples[y * evenWidth + x] = (byte) Math.round(value * 255);
      }
    }
    return new Mask(evenWidth, evenHeight, samples);
  }

  /** A filled circle, its middle in the middle of the mask. */
  static Mask disc(double radius) {
    int size = (int) Math.ceil(radius * 2) + 4;
    double middle = size / 2.0;
    return of(size, size, (x, y) -> radius + 0.5 - Math.hypot(x - middle, y - middle));
  }

  /** A circle's line. */
  static Mask ring(double radius, double lineWidth) {
    int size = (int) Math.ceil(radius * 2 + lineWidth) + 4;
    double middle = size / 2.0;
    return of(
        size,
        size,
        (x, y) -> lineWidth / 2 + 0.5 - Math.abs(Math.hypot(x - middle, y - middle) - radius));
  }

  /** A filled rectangle with round corners. */
  static Mask panel(int width, int height, double corner) {
    return of(
        width,
        height,
        (x, y) -> {
          double dx = Math.max(0, Math.abs(x - width / 2.0) - (width / 2.0 - corner));
          double dy = Math.max(0, Math.abs(y - height / 2.0) - (height / 2.0 - corner));
          return corner + 0.5 - Math.hypot(dx, dy);
        });
  }

  /**
   * A letter; its box begins {@code lineWidth} left of and above the lines.
   *
   * @param capitalHeight in samples
   */
  static Mask glyph(StrokeFont.Glyph glyph, double capitalHeight, double lineWidth) {
    int width = (int) Math.ceil(glyph.width() * capitalHeight + 2 * lineWidth);
    int height = (int) Math.ceil(capitalHeight * 1.06 + 2 * lineWidth);
    return of(
        width,
        height,
        (x, y) -> {
          double nearest = Double.MAX_VALUE;
          for (double[] line : glyph.segments()) {
            nearest =
                Math.min(
                    nearest,
                    distance(
                        (x - lineWidth) / capitalHeight, (y - lineWidth) / capitalHeight, line));
          }
          return lineWidth / 2 + 0.5 - nearest * capitalHeight;
        });
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int lumaAt(int x, int y) {
    return luma[y * width + x] & 0xff;
  }

  int chromaAt(int x, int y) {
    return chroma[y * (width / 2) + x] & 0xff;
  }

  private static double distance(double x, double y, double[] line) {
    double dx = line[2] - line[0];
    double dy = line[3] - line[1];
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : ((x - line[0]) * dx + (y - line[1]) * dy) / length;
    double t = Math.max(0, Math.min(1, along));
    return Math.hypot(x - line[0] - t * dx, y - line[1] - t * dy);
  }

  private static byte[] halved(int width, int height, byte[] full) {
    byte[] half = new byte[width / 2 * (height / 2)];
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        int at = 2 * y * width + 2 * x;
        int sum =
            (full[at] & 0xff)
                + (full[at + 1] & 0xff)
                + (full[at + width] & 0xff)
                + (full[at + width + 1] & 0xff);
        half[y * (width / 2) + x] = (byte) ((sum + 2) / 4);
      }
    }
    return half;
  }
}

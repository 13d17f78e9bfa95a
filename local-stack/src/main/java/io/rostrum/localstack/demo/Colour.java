package io.rostrum.localstack.demo;

/**
 * A colour in BT.709, limited range: what 720p video is.
 *
 * @param y luma, 16 to 235
 * @param u blue difference, 16 to 240
 * @param v red difference, 16 to 240
 */
record Colour(int y, int u, int v) {

  static final Colour WHITE = rgb(1, 1, 1);
  static final Colour BLACK = rgb(0, 0, 0);

  /** From red, green and blue, each 0 to 1. ITU-R BT.709-6, items 3.2 to 3.5. */
  static Colour rgb(double red, double green, double blue) {
    double luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return new Colour(
        clamp(16 + 219 * luma),
        clamp(128 + 224 * (blue - luma) / 1.8556),
        clamp(128 + 224 * (red - luma) / 1.5748));
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}

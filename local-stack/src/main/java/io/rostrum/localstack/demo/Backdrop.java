package io.rostrum.localstack.demo;

/**
 * What drifts behind the clock: ribbons of light on a night-blue ground, endless from right to
 * left.
 */
final class Backdrop {

  private Backdrop() {}

  /** A picture that fits to itself at its left and right edge. */
  static Canvas draw(int width, int height) {
    Canvas canvas = new Canvas(width, height);
    for (int row = 0; row < height; row++) {
      for (int x = 0; x < width; x++) {
        Colour smooth = at(2 * Math.PI * x / width, (double) row / height);
        // Without it the slow changes of brightness would be seen as steps.
        int grain = grain(x, row);
        canvas.set(x, row, new Colour(smooth.y() + grain, smooth.u(), smooth.v()));
      }
    }
    return canvas;
  }

  private static Colour at(double angle, double y) {
    double red = 0.035 + 0.03 * y;
    double green = 0.05 + 0.02 * (1 - y);
    double blue = 0.13 + 0.07 * y;
    double teal =
        ribbon(y, 0.30 + 0.10 * Math.sin(angle * 2) + 0.04 * Math.sin(angle * 5 + 1), 0.09);
    double violet = ribbon(y, 0.62 + 0.12 * Math.sin(angle + 2) + 0.05 * Math.sin(angle * 3), 0.12);
    double amber = ribbon(y, 0.86 + 0.05 * Math.sin(angle * 3 + 4), 0.06);
    red += 0.04 * teal + 0.34 * violet + 0.42 * amber;
    green += 0.38 * teal + 0.10 * violet + 0.22 * amber;
    blue += 0.36 * teal + 0.46 * violet + 0.08 * amber;
    return Colour.rgb(Math.min(1, red), Math.min(1, green), Math.min(1, blue));
  }

  /** Noise from -2 to 2, the same in every run. */
  private static int grain(int x, int row) {
    int hash = x * 0x9E3779B1 ^ row * 0x85EBCA77;
    hash = (hash ^ hash >>> 15) * 0x2C1B3C6D;
    return Math.floorMod(hash ^ hash >>> 13, 5) - 2;
  }

  private static double ribbon(double y, double middle, double spread) {
    double distance = (y - middle) / spread;
    return Math.exp(-distance * distance);
  }
}

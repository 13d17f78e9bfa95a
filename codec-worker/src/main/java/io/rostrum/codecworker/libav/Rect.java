package io.rostrum.codecworker.libav;

/**
 * A rectangle of pixels, all even for 4:2:0.
 *
 * @param x left edge
 * @param y upper edge
 * @param width at least 2
 * @param height at least 2
 */
public record Rect(int x, int y, int width, int height) {
  private static final int MIN_SIDE = 16;

  public Rect {
    if (((x | y | width | height) & 1) != 0 || x < 0 || y < 0 || width < 2 || height < 2) {
      throw new IllegalArgumentException(
          "not an even rectangle: " + x + "," + y + " " + width + "x" + height);
    }
  }

  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  /**
   * The largest centred rectangle of a canvas with the picture's display aspect ratio.
   *
   * @param width picture width in pixels, at least 1
   * @param height picture height in pixels, at least 1
   * @param sarNumerator sample aspect ratio, 0 or less for unknown, which counts as square
   * @param sarDenominator sample aspect ratio, 0 or less for unknown
   * @param canvasWidth even
   * @param canvasHeight even
   */
  public static Rect fit(
      int width,
      int height,
      int sarNumerator,
      int sarDenominator,
      int canvasWidth,
      int canvasHeight) {
    boolean known = sarNumerator > 0 && sarDenominator > 0;
    double displayWidth = (double) width * (known ? sarNumerator : 1);
    double displayHeight = (double) height * (known ? sarDenominator : 1);
    int w = canvasWidth;
    int h = canvasHeight;
    if (displayWidth * canvasHeight > displayHeight * canvasWidth) {
      h = even(canvasWidth * displayHeight / displayWidth, canvasHeight);
    } else {
      w = even(canvasHeight * displayWidth / displayHeight, canvasWidth);
    }
    return new Rect((canvasWidth - w) / 2 & ~1, (canvasHeight - h) / 2 & ~1, w, h);
  }

  private static int even(double exact, int max) {
    return (int) Math.min(max, Math.max(MIN_SIDE, 2 * Math.round(exact / 2)));
  }
}

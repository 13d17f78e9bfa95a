package io.rostrum.localstack.demo;

import java.util.Arrays;

/**
 * One picture of planar 4:2:0 samples, 8 bits each. Positions are even, so that luma and chroma
 * stay together.
 */
final class Canvas {

  private final int width;
  private final int height;
  private final byte[] y;
  private final byte[] u;
  private final byte[] v;

  Canvas(int width, int height) {
    if ((width | height) % 2 != 0) {
      throw new IllegalArgumentException("4:2:0 needs an even size: " + width + "x" + height);
    }
    this.width = width;
    this.height = height;
    y = new byte[width * height];
    u = new byte[width * height / 4];
    v = new byte[width * height / 4];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  byte[] y() {
    return y;
  }

  byte[] u() {
    return u;
  }

  byte[] v() {
    return v;
  }

  /**
   * Takes over a wider picture of the same height from its column {@code left} on; it goes on at
   * its beginning.
   */
  void scroll(Canvas wide, int left) {
    scroll(wide.y, wide.width, y, width, left);
    scroll(wide.u, wide.width / 2, u, width / 2, left / 2);
    scroll(wide.v, wide.width / 2, v, width / 2, left / 2);
  }

  private static void scroll(byte[] from, int fromWidth, byte[] to, int toWidth, int left) {
    int head = Math.min(toWidth, fromWidth - left);
    for (int row = 0; row * toWidth < to.length; row++) {
      System.arraycopy(from, row * fromWidth + left, to, row * toWidth, head);
      System.arraycopy(from, row * fromWidth, to, row * toWidth + head, toWidth - head);
    }
  }

  void set(int x, int row, Colour colour) {
    y[row * width + x] = (byte) colour.y();
    if ((x | row) % 2 == 0) {
      int at = row / 2 * (width / 2) + x / 2;
      u[at] = (byte) colour.u();
      v[at] = (byte) colour.v();
    }
  }

  void fill(int left, int top, int fillWidth, int fillHeight, Colour colour) {
    for (int row = top; row < top + fillHeight; row++) {
      Arrays.fill(y, row * width + left, row * width + left + fillWidth, (byte) colour.y());
    }
    for (int row = top / 2; row < (top + fillHeight) / 2; row++) {
      int at = row * (width / 2) + left / 2;
      Arrays.fill(u, at, at + fillWidth / 2, (byte) colour.u());
      Arrays.fill(v, at, at + fillWidth / 2, (byte) colour.v());
    }
  }

  /**
   * Lays a shape over the picture. What is outside is cut off.
   *
   * @param opacity 0 to 256
   */
  void blend(Mask mask, int x, int top, Colour colour, int opacity) {
    int left = x & ~1;
    int above = top & ~1;
    for (int row = 0; row < mask.height(); row++) {
      int to = above + row;
      for (int column = 0; column < mask.width() && to >= 0 && to < height; column++) {
        if (left + column >= 0 && left + column < width) {
          int at = to * width + left + column;
          y[at] = mixed(y[at], colour.y(), mask.lumaAt(column, row) * opacity);
        }
      }
    }
    for (int row = 0; row < mask.height() / 2; row++) {
      int to = above / 2 + row;
      for (int column = 0; column < mask.width() / 2 && to >= 0 && to < height / 2; column++) {
        if (left / 2 + column >= 0 && left / 2 + column < width / 2) {
          int at = to * (width / 2) + left / 2 + column;
          int weight = mask.chromaAt(column, row) * opacity;
          u[at] = mixed(u[at], colour.u(), weight);
          v[at] = mixed(v[at], colour.v(), weight);
        }
      }
    }
  }

  /** {@code weight} is 0 to 255 * 256. */
  private static byte mixed(byte before, int colour, int weight) {
    int old = before & 0xff;
    return (byte) (old + ((colour - old) * weight + 32_640) / 65_280);
  }
}

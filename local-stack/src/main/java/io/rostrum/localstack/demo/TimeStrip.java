package io.rostrum.localstack.demo;

import java.util.OptionalLong;

/**
 * The picture's time for machines: a row of black and white cells that survives encoding, so that a
 * player's delay can be read from its pixels. Cells from left to right: white, black, white, black;
 * the Unix time in milliseconds, 42 bits, highest first, white is 1; two cells with the number of
 * ones modulo 4.
 */
final class TimeStrip {

  static final int CELLS = 48;
  static final int CELL_SIZE = 16;
  static final int WIDTH = CELLS * CELL_SIZE;

  private static final int BITS = 42;
  private static final int SYNC = 0b1010;
  private static final int LUMA_THRESHOLD = 126;

  private TimeStrip() {}

  static void draw(Canvas canvas, int left, int top, long unixMs) {
    long cells = (long) SYNC << (BITS + 2) | unixMs << 2 | Long.bitCount(unixMs) & 3;
    for (int cell = 0; cell < CELLS; cell++) {
      boolean one = (cells >> (CELLS - 1 - cell) & 1) == 1;
      canvas.fill(
          left + cell * CELL_SIZE, top, CELL_SIZE, CELL_SIZE, one ? Colour.WHITE : Colour.BLACK);
    }
  }

  /** Reads it back. Empty if there is none at this place, or if it is damaged. */
  static OptionalLong read(byte[] luma, int width, int left, int top) {
    long cells = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      int x = left + cell * CELL_SIZE + CELL_SIZE / 2;
      int sample = luma[(top + CELL_SIZE / 2) * width + x] & 0xff;
      cells = cells << 1 | (sample > LUMA_THRESHOLD ? 1 : 0);
    }
    long unixMs = cells >> 2 & (1L << BITS) - 1;
    boolean intact = cells >> (BITS + 2) == SYNC && (cells & 3) == (Long.bitCount(unixMs) & 3);
    return intact ? OptionalLong.of(unixMs) : OptionalLong.empty();
  }
}

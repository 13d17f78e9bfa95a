package io.rostrum.localstack.demo;

import java.util.HashMap;
import java.util.Map;

/** Text of one size, written with {@link StrokeFont}. */
final class Lettering {

  private final double capitalHeight;
  private final double lineWidth;
  private final double tracking;
  private final Map<Character, Mask> masks = new HashMap<>();

  /**
   * @param capitalHeight in samples
   * @param lineWidth in samples
   */
  Lettering(double capitalHeight, double lineWidth) {
    this.capitalHeight = capitalHeight;
    this.lineWidth = lineWidth;
    this.tracking = lineWidth + capitalHeight * 0.16;
  }

  /** How wide a text becomes. */
  int width(String text) {
    double width = -tracking;
    for (int i = 0; i < text.length(); i++) {
      width += StrokeFont.of(text.charAt(i)).width() * capitalHeight + tracking;
    }
    return (int) Math.round(width);
  }

  /**
   * Writes a text whose first letter's lines begin at {@code x} and whose capitals' tops are at
   * {@code top}.
   */
  void write(Canvas canvas, String text, double x, int top, Colour colour) {
    double pen = x;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      StrokeFont.Glyph glyph = StrokeFont.of(character);
      Mask mask =
          masks.computeIfAbsent(character, c -> Mask.glyph(glyph, capitalHeight, lineWidth));
      canvas.blend(
          mask, (int) Math.round(pen - lineWidth), (int) Math.round(top - lineWidth), colour, 256);
      pen += glyph.width() * capitalHeight + tracking;
    }
  }
}

package io.rostrum.localstack.demo;

import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The letters of the test picture as lines, drawn for this purpose: a headless JDK without
 * fontconfig has no fonts, and this uses geometry only. In a glyph's own units the capital height
 * is 1, y grows downwards, the baseline is at y = 1.
 */
final class StrokeFont {

  private static final double X_HEIGHT_TOP = 0.36;
  private static final double BOWL = 0.64;
  private static final double DIGIT_WIDTH = 0.6;
  private static final double FLATNESS = 0.004;

  private static final Map<Character, Glyph> GLYPHS =
      Map.ofEntries(
          Map.entry('0', digit(p -> p.append(new Ellipse2D.Double(0, 0, 0.6, 1), false))),
          Map.entry('1', digit(p -> lines(p, 0.08, 0.2, 0.34, 0, 0.34, 1))),
          Map.entry(
              '2',
              digit(
                  p -> {
                    p.moveTo(0.02, 0.26);
                    p.curveTo(0.05, -0.08, 0.6, -0.1, 0.6, 0.28);
                    p.curveTo(0.6, 0.52, 0.2, 0.72, 0, 1);
                    p.lineTo(0.6, 1);
                  })),
          Map.entry(
              '3',
              digit(
                  p -> {
                    p.moveTo(0.03, 0.16);
                    p.curveTo(0.15, -0.06, 0.57, -0.06, 0.57, 0.24);
                    p.curveTo(0.57, 0.44, 0.4, 0.47, 0.24, 0.47);
                    p.curveTo(0.45, 0.47, 0.6, 0.54, 0.6, 0.74);
                    p.curveTo(0.6, 1.08, 0.1, 1.08, 0, 0.84);
                  })),
          Map.entry('4', digit(p -> lines(p, 0.46, 1, 0.46, 0, 0, 0.7, 0.62, 0.7))),
          Map.entry(
              '5',
              digit(
                  p -> {
                    lines(p, 0.55, 0, 0.1, 0, 0.05, 0.44);
                    p.curveTo(0.2, 0.32, 0.6, 0.32, 0.6, 0.68);
                    p.curveTo(0.6, 1.08, 0.1, 1.08, 0, 0.86);
                  })),
          Map.entry(
              '6',
              digit(
                  p -> {
                    p.moveTo(0.5, 0.02);
                    p.curveTo(0.2, 0.1, 0, 0.4, 0, 0.69);
                    p.append(new Ellipse2D.Double(0, 0.38, 0.6, 0.62), false);
                  })),
          Map.entry('7', digit(p -> lines(p, 0, 0, 0.6, 0, 0.2, 1))),
          Map.entry(
              '8',
              digit(
                  p -> {
                    p.append(new Ellipse2D.Double(0.05, 0, 0.5, 0.46), false);
                    p.append(new Ellipse2D.Double(0, 0.46, 0.6, 0.54), false);
                  })),
          Map.entry(
              '9',
              digit(
                  p -> {
                    p.append(new Ellipse2D.Double(0, 0, 0.6, 0.62), false);
                    p.moveTo(0.6, 0.31);
                    p.curveTo(0.6, 0.6, 0.4, 0.9, 0.1, 0.98);
                  })),
          Map.entry(
              ':',
              glyph(
                  0.1,
                  p -> {
                    lines(p, 0.05, 0.3, 0.05, 0.3);
                    lines(p, 0.05, 0.78, 0.05, 0.78);
                  })),
          Map.entry('.', glyph(0.1, p -> lines(p, 0.05, 0.98, 0.05, 0.98))),
          Map.entry(
              'D',
              glyph(
                  0.72,
                  p -> {
                    lines(p, 0.26, 1, 0, 1, 0, 0, 0.26, 0);
                    p.curveTo(0.88, 0, 0.88, 1, 0.26, 1);
                  })),
          Map.entry('a', glyph(BOWL, StrokeFont::lowerA)),
          Map.entry(
              'e',
              glyph(
                  BOWL,
                  p -> {
                    lines(p, 0, 0.68, BOWL, 0.68);
                    p.append(new Arc2D.Double(0, X_HEIGHT_TOP, BOWL, BOWL, 0, 315, 0), false);
                  })),
          Map.entry(
              'f',
              glyph(
                  0.38,
                  p -> {
                    lines(p, 0.14, 1, 0.14, 0.22);
                    p.curveTo(0.14, 0.06, 0.24, 0, 0.38, 0.01);
                    lines(p, 0, X_HEIGHT_TOP, 0.34, X_HEIGHT_TOP);
                  })),
          Map.entry(
              'h',
              glyph(
                  0.52,
                  p -> {
                    lines(p, 0, 0, 0, 1);
                    arch(p, 0, 0.52);
                  })),
          Map.entry('l', glyph(0.02, p -> lines(p, 0, 0, 0, 1))),
          Map.entry(
              'm',
              glyph(
                  0.88,
                  p -> {
                    lines(p, 0, X_HEIGHT_TOP, 0, 1);
                    arch(p, 0, 0.44);
                    arch(p, 0.44, 0.44);
                  })),
          Map.entry(
              'n',
              glyph(
                  0.52,
                  p -> {
                    lines(p, 0, X_HEIGHT_TOP, 0, 1);
                    arch(p, 0, 0.52);
                  })),
          Map.entry(
              'o',
              glyph(BOWL, p -> p.append(new Ellipse2D.Double(0, X_HEIGHT_TOP, BOWL, BOWL), false))),
          Map.entry(
              'r',
              glyph(
                  0.34,
                  p -> {
                    lines(p, 0, X_HEIGHT_TOP, 0, 1);
                    p.append(new Arc2D.Double(0, X_HEIGHT_TOP, 0.5, 0.5, 180, -125, 0), false);
                  })),
          Map.entry(
              't',
              glyph(
                  0.4,
                  p -> {
                    lines(p, 0.14, 0.1, 0.14, 0.8);
                    p.curveTo(0.14, 0.95, 0.22, 1.01, 0.38, 0.99);
                    lines(p, 0, X_HEIGHT_TOP, 0.36, X_HEIGHT_TOP);
                  })),
          Map.entry(
              'w',
              glyph(
                  0.84, p -> lines(p, 0, X_HEIGHT_TOP, 0.21, 1, 0.42, 0.42, 0.63, 1, 0.84, 0.36))),
          Map.entry(' ', glyph(0.1, p -> {})));

  private StrokeFont() {}

  /**
   * A letter.
   *
   * @param width of the lines' box, without the room between letters
   * @param segments each {x1, y1, x2, y2}
   */
  record Glyph(double width, List<double[]> segments) {}

  /**
   * The glyph of a character; the font has digits, some punctuation and the letters that the
   * picture needs.
   */
  static Glyph of(char character) {
    Glyph glyph = GLYPHS.get(character);
    if (glyph == null) {
      throw new IllegalArgumentException("The test picture's font has no '" + character + "'");
    }
    return glyph;
  }

  private interface Drawing {
    void on(Path2D path);
  }

  private static Glyph digit(Drawing drawing) {
    return glyph(DIGIT_WIDTH, drawing);
  }

  private static Glyph glyph(double width, Drawing drawing) {
    Path2D path = new Path2D.Double();
    drawing.on(path);
    return new Glyph(width, flatten(path));
  }

  private static void lowerA(Path2D path) {
    path.append(new Ellipse2D.Double(0, X_HEIGHT_TOP, BOWL, BOWL), false);
    lines(path, BOWL, X_HEIGHT_TOP, BOWL, 1);
  }

  private static void arch(Path2D path, double x, double width) {
    path.append(new Arc2D.Double(x, X_HEIGHT_TOP, width, 0.5, 180, -180, 0), false);
    path.lineTo(x + width, 1);
  }

  private static void lines(Path2D path, double... points) {
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
  }

  private static List<double[]> flatten(Path2D path) {
    List<double[]> segments = new ArrayList<>();
    double[] point = new double[6];
    double startX = 0;
    double startY = 0;
    double x = 0;
    double y = 0;
    PathIterator flat = new FlatteningPathIterator(path.getPathIterator(null), FLATNESS);
    for (; !flat.isDone(); flat.next()) {
      switch (flat.currentSegment(point)) {
        case PathIterator.SEG_MOVETO -> {
          startX = point[0];
          startY = point[1];
        }
        case PathIterator.SEG_LINETO -> segments.add(new double[] {x, y, point[0], point[1]});
        case PathIterator.SEG_CLOSE -> {
          segments.add(new double[] {x, y, startX, startY});
          point[0] = startX;
          point[1] = startY;
        }
        default -> throw new IllegalStateException("a flattened path has lines only");
      }
      x = point[0];
      y = point[1];
    }
    return List.copyOf(segments);
  }
}

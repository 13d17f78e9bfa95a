package io.rostrum.localstack.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * Draws the frames of the demo: the wall clock, the frame's number, a disc that lights up when the
 * second changes (at the same time as the beep), a ball that turns back then, a hand that goes
 * round once per second, and the {@link TimeStrip}.
 */
final class TestPicture {

  static final int WIDTH = 1280;
  static final int HEIGHT = 720;
  static final int STRIP_LEFT = (WIDTH - TimeStrip.WIDTH) / 2;
  static final int STRIP_TOP = 672;

  private static final String TITLE = "Demo town hall";
  private static final int DRIFT_PER_FRAME = 2;
  private static final int PANEL_TOP = 232;
  private static final int CLOCK_TOP = 278;
  private static final int CLOCK_HEIGHT = 120;
  private static final int TRACK_LEFT = 170;
  private static final int TRACK_RIGHT = WIDTH - TRACK_LEFT;
  private static final int TRACK_Y = 590;
  private static final int LAMP_X = 1130;
  private static final int LAMP_Y = 120;
  private static final int HAND_X = 150;
  private static final int HAND_RADIUS = 42;

  private static final Colour INK = Colour.rgb(0.96, 0.97, 1);
  private static final Colour SOFT = Colour.rgb(0.62, 0.72, 0.85);
  private static final Colour GLOW = Colour.rgb(0.35, 0.95, 0.86);
  private static final Colour LIT = Colour.rgb(1, 0.93, 0.6);
  private static final Colour SHADE = Colour.rgb(0.02, 0.02, 0.06);

  private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
  private final Canvas backdrop = Backdrop.draw(2 * WIDTH, HEIGHT);
  private final Lettering titleLetters = new Lettering(58, 8);
  private final Lettering clockLetters = new Lettering(CLOCK_HEIGHT, 15);
  private final Lettering millisLetters = new Lettering(68, 9);
  private final Lettering smallLetters = new Lettering(26, 4);
  private final Mask panel = Mask.panel(1000, 260, 34);
  private final Mask track = Mask.panel(TRACK_RIGHT - TRACK_LEFT, 6, 3);
  private final Mask ball = Mask.disc(20);
  private final Mask lamp = Mask.disc(40);
  private final Mask lampRing = Mask.ring(46, 4);
  private final Mask handRing = Mask.ring(HAND_RADIUS, 4);
  private final Mask handTip = Mask.disc(11);
  private final ZoneId zone;

  TestPicture(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Draws one frame.
   *
   * @param number of the frame
   * @param time its time on the wall clock
   * @return the canvas, the same for every frame
   */
  Canvas draw(long number, Instant time) {
    ZonedDateTime local = time.atZone(zone);
    double second = local.getNano() / 1e9;
    boolean lit = second < 0.1;
    canvas.scroll(backdrop, (int) (number * DRIFT_PER_FRAME % backdrop.width()));
    titleLetters.write(canvas, TITLE, (WIDTH - titleLetters.width(TITLE)) / 2.0, 92, INK);
    canvas.blend(panel, 140, PANEL_TOP, lit ? GLOW : SHADE, lit ? 70 : 150);
    clock(local);
    String count = String.format(Locale.ROOT, "frame %07d", number);
    smallLetters.write(canvas, count, (WIDTH - smallLetters.width(count)) / 2.0, 438, SOFT);
    lamp(lit);
    hand(second);
    ball(local.getSecond() + second, lit);
    TimeStrip.draw(canvas, STRIP_LEFT, STRIP_TOP, time.toEpochMilli());
    return canvas;
  }

  private void clock(ZonedDateTime time) {
    String seconds =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    String millis = String.format(Locale.ROOT, ".%03d", time.getNano() / 1_000_000);
    int gap = 26;
    int width = clockLetters.width(seconds) + gap + millisLetters.width(millis);
    double x = (WIDTH - width) / 2.0;
    clockLetters.write(canvas, seconds, x, CLOCK_TOP, INK);
    millisLetters.write(
        canvas, millis, x + clockLetters.width(seconds) + gap, CLOCK_TOP + CLOCK_HEIGHT - 68, GLOW);
  }

  private void lamp(boolean lit) {
    centred(lampRing, LAMP_X, LAMP_Y, SOFT, 200);
    centred(lamp, LAMP_X, LAMP_Y, lit ? LIT : SHADE, lit ? 256 : 120);
  }

  private void hand(double second) {
    double angle = 2 * Math.PI * second - Math.PI / 2;
    centred(handRing, HAND_X, LAMP_Y, SOFT, 200);
    centred(
        handTip,
        (int) Math.round(HAND_X + HAND_RADIUS * Math.cos(angle)),
        (int) Math.round(LAMP_Y + HAND_RADIUS * Math.sin(angle)),
        GLOW,
        256);
  }

  private void ball(double seconds, boolean lit) {
    double way = 0.5 - 0.5 * Math.cos(Math.PI * seconds);
    canvas.blend(track, TRACK_LEFT, TRACK_Y - 3, SOFT, 110);
    centred(
        ball,
        (int) Math.round(TRACK_LEFT + way * (TRACK_RIGHT - TRACK_LEFT)),
        TRACK_Y,
        lit ? LIT : GLOW,
        256);
  }

  private void centred(Mask mask, int x, int y, Colour colour, int opacity) {
    canvas.blend(mask, x - mask.width() / 2, y - mask.height() / 2, colour, opacity);
  }
}

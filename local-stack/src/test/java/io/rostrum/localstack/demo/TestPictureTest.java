package io.rostrum.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPictureTest {

  private static final int LAMP_X = 1130;
  private static final int LAMP_Y = 120;

  private final TestPicture picture = new TestPicture(ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {"1970-01-01T00:00:00Z", "2026-11-21T14:37:58.033Z", "2109-05-15T07:35:11.103Z"})
  void draw_anyTime_canBeReadBackFromItsStrip(String text) {
    Instant time = Instant.parse(text);

    Canvas canvas = picture.draw(7, time);

    assertThat(
            TimeStrip.read(
                canvas.y(), canvas.width(), TestPicture.STRIP_LEFT, TestPicture.STRIP_TOP))
        .hasValue(time.toEpochMilli());
  }

  @Test
  void read_damagedStrip_isEmpty() {
    Canvas canvas = picture.draw(7, Instant.parse("2026-11-21T14:37:58.033Z"));
    canvas.fill(
        TestPicture.STRIP_LEFT + 6 * TimeStrip.CELL_SIZE,
        TestPicture.STRIP_TOP,
        TimeStrip.CELL_SIZE,
        TimeStrip.CELL_SIZE,
        inverted(canvas, 6));

    assertThat(
            TimeStrip.read(
                canvas.y(), canvas.width(), TestPicture.STRIP_LEFT, TestPicture.STRIP_TOP))
        .isEmpty();
  }

  @Test
  void draw_firstTenthOfASecond_lightsTheLamp() {
    Instant second = Instant.parse("2026-11-21T14:37:58Z");

    int lit = luma(picture.draw(0, second.plusMillis(66)), LAMP_X, LAMP_Y);
    int dark = luma(picture.draw(0, second.plusMillis(100)), LAMP_X, LAMP_Y);

    assertThat(lit).isGreaterThan(dark + 100);
  }

  @Test
  void draw_nextFrame_movesTheBackdrop() {
    Instant time = Instant.parse("2026-11-21T14:37:58.500Z");
    byte[] first = picture.draw(0, time).y().clone();
    byte[] second = picture.draw(1, time).y();

    // Row 700 has nothing but the backdrop.
    int row = 700 * TestPicture.WIDTH;
    for (int x = 0; x < TestPicture.WIDTH - 2; x++) {
      assertThat(second[row + x]).isEqualTo(first[row + x + 2]);
    }
  }

  private static int luma(Canvas canvas, int x, int y) {
    return canvas.y()[y * canvas.width() + x] & 0xff;
  }

  private static Colour inverted(Canvas canvas, int cell) {
    int x = TestPicture.STRIP_LEFT + cell * TimeStrip.CELL_SIZE + 1;
    return luma(canvas, x, TestPicture.STRIP_TOP + 1) > 126 ? Colour.BLACK : Colour.WHITE;
  }
}

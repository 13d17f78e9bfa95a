package io.rostrum.codecworker.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.codec.FrameRate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameGridTest {
  private static final FrameRate FPS_30 = new FrameRate(30, 1);

  @ParameterizedTest
  @CsvSource({"0,0", "1874,0", "1875,1", "3000,1", "4874,1", "4875,2", "-1126,-1", "-1125,0"})
  void slotOf_isOpenFromFiveEighthsBeforeToThreeEighthsAfter(long pts, long slot) {
    assertThat(new FrameGrid(0, 90_000, FPS_30).slotOf(pts)).isEqualTo(slot);
  }

  @Test
  void slotOut_nonIntegerFrames_doNotDrift() {
    FrameGrid grid = new FrameGrid(0, 1000, new FrameRate(24_000, 1001));

    assertThat(grid.slotOut(1)).isEqualTo(3754);
    assertThat(grid.slotOut(2)).isEqualTo(7508);
    assertThat(grid.slotOut(24_000)).isEqualTo(1001 * 90_000L);
  }

  @Test
  void toOutput_farAndNegativeTimes_roundToTheNearest() {
    FrameGrid grid = new FrameGrid(0, 1000, FPS_30);

    assertThat(grid.toOutput(1)).isEqualTo(90);
    assertThat(grid.toOutput(-1)).isEqualTo(-90);
    assertThat(grid.toOutput(1L << 45)).isEqualTo((1L << 45) * 90);
    assertThat(new FrameGrid(0, 48_000, FPS_30).toOutput(1)).isEqualTo(2);
  }

  @Test
  void slots_anyTimes_neverFewerThanWasCertain_andTheLastIsNeitherEmptyNorLongerThanNineEighths() {
    Random random = new Random(1);
    for (int run = 0; run < 20_000; run++) {
      int timescale = new int[] {1000, 44_100, 90_000, 10_000_000}[random.nextInt(4)];
      FrameRate rate =
          new FrameRate[] {FPS_30, new FrameRate(30_000, 1001), new FrameRate(25, 1)}
              [random.nextInt(3)];
      long start = random.nextLong() >> 12;
      FrameGrid grid = new FrameGrid(start, timescale, rate);
      long latest = start + (long) (random.nextDouble() * 6 * timescale);
      long end = latest + timescale / 400 + 1 + (long) (random.nextDouble() * timescale / 10);

      long slots = grid.slots(end, latest);
      long lastDuration = grid.toOutput(end) - grid.slotOut(slots - 1);

      assertThat(slots).isGreaterThanOrEqualTo(grid.certainSlots(latest));
      assertThat(lastDuration).isPositive();
      assertThat(lastDuration)
          .isLessThanOrEqualTo(90_000L * rate.denominator() / rate.numerator() * 9 / 8 + 2);
    }
  }

  @Test
  void wholeSlots_samplesOnTheGrid_haveTheirLengthBeforeTheNextOne() {
    FrameGrid grid = new FrameGrid(0, 90_000, FPS_30);

    assertThat(grid.wholeSlots(42_000, 3000)).isEqualTo(15);
    assertThat(grid.wholeSlots(42_030, 3000)).as("off the grid").isEqualTo(14);
    assertThat(grid.wholeSlots(42_000, 9000)).as("reordered, or after a hole").isEqualTo(15);
    assertThat(grid.wholeSlots(42_000, 1500)).as("one more in the slot").isEqualTo(14);
    assertThat(grid.wholeSlots(43_500, 1500)).as("the last in the slot").isEqualTo(15);
    assertThat(grid.wholeSlots(42_000, 2000)).isEqualTo(14);
  }

  @Test
  void wholeSlots_segmentThatEndsWithTheSlot_isAsLongAsTheGrid() {
    for (FrameRate rate : new FrameRate[] {FPS_30, new FrameRate(30_000, 1001)}) {
      FrameGrid grid = new FrameGrid(0, 90_000, rate);
      long frameTicks = 90_000L * rate.denominator() / rate.numerator();
      for (long latest = frameTicks; latest < 540_000; latest += frameTicks) {
        long whole = grid.wholeSlots(latest, frameTicks);
        assertThat(whole).isEqualTo(grid.slots(latest + frameTicks, latest));
        assertThat(grid.slotOut(whole)).isEqualTo(grid.toOutput(latest + frameTicks));
      }
    }
  }

  @Test
  void times_absurd_countAsFarAndDoNotOverflow() {
    FrameGrid grid = new FrameGrid(-(1L << 52), 10_000_000, new FrameRate(240, 1));

    assertThat(grid.slotOf(1L << 52)).isEqualTo(3600L * 240);
    assertThat(grid.slots(1L << 52, 1L << 52)).isGreaterThanOrEqualTo(3600L * 240);
  }
}

package io.rostrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRateTest {

  private static final FrameRate NTSC = new FrameRate(30_000, 1001);

  @Test
  void constructor_reducesToLowestTerms() {
    assertThat(new FrameRate(60_000, 2002)).isEqualTo(NTSC).hasToString("30000/1001");
    assertThat(new FrameRate(50, 2)).isEqualTo(new FrameRate(25, 1));
  }

  @Test
  void constructor_termsBelowOne_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FrameRate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new FrameRate(25, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FrameRate(-25, -1));
  }

  @Test
  void gridTicks_ofEightHours_hasNotDrifted() {
    long framesOfEightHours = 8L * 3600 * 30_000 / 1001;
    long wholeSeconds1001 = framesOfEightHours / 30_000 * 30_000;
    assertThat(NTSC.gridTicks(wholeSeconds1001, 90_000))
        .isEqualTo(wholeSeconds1001 / 30_000 * 1001 * 90_000);
    assertThat(new FrameRate(60, 1).gridTicks(1, 1000)).isEqualTo(16);
    assertThat(new FrameRate(60, 1).gridTicks(3, 1000)).isEqualTo(50);
  }

  @Test
  void gridTicks_ofAnyIndex_isTheFloorOfTheExactTime() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      FrameRate rate = new FrameRate(1 + random.nextInt(120_000), 1 + random.nextInt(2000));
      int timescale = 1 + random.nextInt(200_000);
      long index = random.nextLong() >> 30 + random.nextInt(20);
      var exact =
          BigInteger.valueOf(index)
              .multiply(BigInteger.valueOf(rate.denominator()))
              .multiply(BigInteger.valueOf(timescale));
      var divided = exact.divideAndRemainder(BigInteger.valueOf(rate.numerator()));
      long floor = divided[0].longValueExact() - (divided[1].signum() < 0 ? 1 : 0);
      assertThat(rate.gridTicks(index, timescale)).isEqualTo(floor);
    }
  }

  @Test
  void nearestIndex_ofJitteredGridPosition_isTheIndex() {
    Random random = new Random(2);
    for (FrameRate rate : FrameRate.KNOWN) {
      for (int i = 0; i < 1000; i++) {
        long index = random.nextInt(1_000_000_000);
        int jitterTicks =
            random.nextInt(501) - 250; // ±2.8 ms: a rounded RTMP time stamp is off by less
        assertThat(rate.nearestIndex(rate.gridTicks(index, 90_000) + jitterTicks, 90_000))
            .isEqualTo(index);
      }
    }
  }

  @Test
  void gridTicks_beyond63Bits_isAnArithmeticException() {
    assertThatThrownBy(() -> NTSC.gridTicks(Long.MAX_VALUE, 90_000))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "29.97, 30000/1001",
    "30.001, 30/1",
    "23.976, 24000/1001",
    "59.9402, 60000/1001",
    "25, 25/1"
  })
  void nearestKnown_closeToARate_isThatRate(double measured, String expected) {
    assertThat(FrameRate.nearestKnown(measured, 0.0004))
        .map(FrameRate::toString)
        .hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({"29.985", "27.5", "1", "1000", "0", "-30", "NaN"})
  void nearestKnown_farFromEveryRate_isEmpty(double measured) {
    assertThat(FrameRate.nearestKnown(measured, 0.0004)).isEmpty();
  }

  @Test
  void frameDuration_whereInexact_isRoundedAndSaysSo() {
    assertThat(NTSC.frameDurationTicks(90_000)).isEqualTo(3003);
    assertThat(NTSC.isExactAt(90_000)).isTrue();
    assertThat(new FrameRate(60_000, 1001).frameDurationTicks(90_000)).isEqualTo(1502);
    assertThat(new FrameRate(60_000, 1001).isExactAt(90_000)).isFalse();
  }

  @Test
  void compareTo_ordersByRate() {
    assertThat(FrameRate.KNOWN).isSorted().doesNotHaveDuplicates();
  }
}

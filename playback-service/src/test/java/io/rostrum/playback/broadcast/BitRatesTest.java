package io.rostrum.playback.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * §4.1: the peak is that of any run of segments between half a target duration and one and a half.
 */
class BitRatesTest {
  private static final long SECOND = 1_000_000;
  private final BitRates rates = new BitRates(1_000_000, 800_000, 6);

  private void segment(double seconds, long kilobits) {
    rates.add(1000 * kilobits / 8, (long) (seconds * SECOND));
  }

  @Test
  void beforeAnySegment_whatWasDeclaredIsAllThereIs() {
    assertThat(rates.livePeak()).isEqualTo(1_000_000);
    assertThat(rates.liveAverage()).isEqualTo(800_000);
    assertThat(rates.finalPeak()).isEqualTo(1_000_000);
    assertThat(rates.finalAverage()).isEqualTo(800_000);
  }

  @Test
  void shortSegment_countsWithItsNeighbours() {
    segment(4, 4000);
    segment(1, 5000); // 5 Mb/s by itself, 1.8 Mb/s with the one before it
    assertThat(rates.finalPeak()).isEqualTo(1_800_000);
    segment(4, 4000); // 9 s with both: the longest run there is
    assertThat(rates.finalPeak()).isEqualTo(1_800_000);
    segment(2, 6000); // 3 Mb/s by itself, too short; 7 s of the last three have 15 Mb
    assertThat(rates.finalPeak()).isEqualTo(2_142_857);
  }

  @Test
  void gap_partsRuns() {
    segment(4, 400);
    segment(4, 400);
    segment(2, 2000);
    rates.gap();
    segment(2, 8000); // across the gap 2.5 Mb/s, too short by itself
    assertThat(rates.finalAverage()).isEqualTo(900_000);
    assertThat(rates.finalPeak()).isEqualTo(900_000);
  }

  @Test
  void declaredPeak_staysUntilAQuarterIsMissing_andIsNeverLowered() {
    segment(4, 4800); // 1.2 Mb/s
    assertThat(rates.livePeak()).isEqualTo(1_000_000);
    segment(4, 5200); // 1.3 Mb/s
    assertThat(rates.livePeak()).isEqualTo(1_300_000);
    segment(4, 400);
    assertThat(rates.livePeak()).isEqualTo(1_300_000);
  }

  @Test
  void declaredAverage_isCorrectedAfterAMinute() {
    for (int i = 0; i < 14; i++) {
      segment(4, 2000);
    }
    assertThat(rates.liveAverage()).isEqualTo(800_000);
    segment(4, 2000);
    assertThat(rates.liveAverage()).isEqualTo(500_000);
    segment(4, 2100); // within a tenth: nothing to correct
    assertThat(rates.liveAverage()).isEqualTo(500_000);
  }

  @Test
  void unknownRates_areThoseOfTheFirstSegments() {
    BitRates unknown = new BitRates(0, 0, 6);
    assertThat(unknown.livePeak()).isZero();
    unknown.add(500_000, 4 * SECOND);
    assertThat(unknown.livePeak()).isEqualTo(1_000_000);
    assertThat(unknown.liveAverage()).isZero();
  }
}

package io.rostrum.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeLagTest {
  private static final List<String> TWO = List.of("720p", "240p");
  private static final List<String> ONE = List.of("240p");

  private final EncodeLag lag = new EncodeLag();

  @Test
  void lag_isTheAgeOfTheFirstPictureThatTheSlowestRungLacks() {
    lag.ready(0);
    for (int frame = 0; frame < 10; frame++) {
      lag.given(frame * 3000, ms(100 * frame));
    }
    assertThat(lag.millis(TWO, ms(1000))).isEqualTo(1000);
    lag.encoded("240p", 24_000);
    lag.encoded("720p", 6000);
    assertThat(lag.millis(TWO, ms(1000))).isEqualTo(800);
    assertThat(lag.millis(ONE, ms(1000))).isEqualTo(200);
    lag.encoded("240p", 30_000);
    assertThat(lag.millis(ONE, ms(5000))).isZero();
  }

  @Test
  void burst_isNotLate_forHavingComeLate() {
    lag.ready(0);
    for (int frame = 0; frame < 60; frame++) {
      lag.given(frame * 3000, ms(9000));
    }
    assertThat(lag.millis(ONE, ms(9010))).isEqualTo(10);
  }

  @Test
  void whatWaitedForTheChildToStart_countsFromThenOn() {
    lag.given(0, ms(0));
    assertThat(lag.millis(ONE, ms(5000))).isZero();
    assertThat(lag.since(ms(2000), ms(5000))).isZero();
    lag.ready(ms(5000));
    lag.ready(ms(7000));
    assertThat(lag.millis(ONE, ms(7500))).isEqualTo(2500);
    assertThat(lag.since(ms(2000), ms(7500))).isEqualTo(2500);
  }

  @Test
  void segmentThatWasLeftOut_isNoDelayOfTheNext() {
    lag.ready(0);
    lag.given(0, ms(0));
    lag.given(180_000, ms(2000));
    lag.doneUntil(180_000);
    assertThat(lag.millis(ONE, ms(2100))).isEqualTo(100);
    lag.clear();
    assertThat(lag.millis(ONE, ms(9000))).isZero();
  }

  private static long ms(long millis) {
    return millis * 1_000_000;
  }
}

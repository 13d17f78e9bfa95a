package io.rostrum.transcode.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadTest {
  private final Overload overload = new Overload(Duration.ofSeconds(8), -30_000);

  @Test
  void whoKeepsUp_leavesNothingOut() {
    for (long now = 0; now < 100_000; now += 200) {
      assertThat(overload.decide(now % 4_000, 0, 3, now)).isZero();
    }
  }

  @Test
  void whoHasJustTakenOver_catchesUpFirst() {
    Overload fresh = new Overload(Duration.ofSeconds(8), 0);
    assertThat(fresh.decide(20_000, 0, 3, 23_000)).isZero();
    assertThat(fresh.isTooLate(20_000, 23_000)).isFalse();
    assertThat(fresh.decide(20_000, 0, 3, 24_000)).isEqualTo(1);
    assertThat(fresh.isTooLate(20_000, 24_000)).isTrue();
  }

  @Test
  void whoFallsBehind_leavesOutOneAfterTheOther_butNeverTheLast() {
    int leftOut = 0;
    for (long now = 0; now < 7_000; now += 200) {
      leftOut = overload.decide(now, leftOut, 3, now);
      assertThat(leftOut).isZero();
    }
    assertThat(leftOut = overload.decide(8_000, leftOut, 3, 8_000)).isEqualTo(1);
    assertThat(overload.decide(9_000, leftOut, 3, 9_000)).isEqualTo(1);
    assertThat(leftOut = overload.decide(16_000, leftOut, 3, 16_000)).isEqualTo(2);
    assertThat(overload.decide(60_000, leftOut, 3, 60_000)).isEqualTo(2);
  }

  @Test
  void whoKeepsUpAgain_takesThemBack_moreSlowlyEachTime() {
    int leftOut = overload.decide(8_000, 0, 3, 8_000);
    long now = 8_000;
    long calmMs = 0;
    for (int round = 0; round < 3; round++) {
      long start = now;
      while (leftOut == 1) {
        now += 200;
        leftOut = overload.decide(100, leftOut, 3, now);
      }
      assertThat(now - start).isGreaterThan(calmMs);
      calmMs = now - start;
      now += 10_000;
      leftOut = overload.decide(9_000, leftOut, 3, now);
      assertThat(leftOut).isEqualTo(1);
    }
    assertThat(calmMs).isGreaterThanOrEqualTo(120_000);
  }
}

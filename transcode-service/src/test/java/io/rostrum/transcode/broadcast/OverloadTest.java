package io.rostrum.transcode.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadTest {
  private static final Duration DEFER_AFTER = Duration.ofSeconds(1);
  private static final int RUNGS = 3;

  private final Overload overload = new Overload(DEFER_AFTER, false, 0);

  @Test
  void whoKeepsUp_leavesNothingOut() {
    for (long msn = 0; msn < 100; msn++) {
      assertThat(overload.ended(msn, 399, msn * 2000)).isFalse();
      assertThat(overload.isTooLate(msn, 999, msn * 2000 + 999)).isFalse();
      assertThat(overload.decide(0, RUNGS, msn + 2, msn * 2000 + 999)).isZero();
    }
  }

  @Test
  void oneHiccup_costsNothing_twoInARow_costARung() {
    overload.ended(0, 900, 2000);
    overload.ended(1, 100, 4000);
    overload.ended(2, 900, 6000);
    assertThat(overload.decide(0, RUNGS, 4, 6000)).isZero();
    assertThat(overload.ended(3, 400, 8000)).isFalse();
    assertThat(overload.decide(0, RUNGS, 5, 8000)).isEqualTo(1);
  }

  @Test
  void segmentThatCannotBeInTime_isLeftOutAtItsEnd_andTheBestRungFromThenOn() {
    assertThat(overload.ended(0, 999, 2000)).isFalse();
    assertThat(overload.ended(1, 1000, 4000)).isTrue();
    assertThat(overload.decide(0, RUNGS, 3, 4000)).isEqualTo(1);
    assertThat(overload.decide(1, RUNGS, 3, 4000)).isEqualTo(1);
  }

  @Test
  void whoIsTwiceAsFarBehind_leavesTwoRungsOutAtOnce_butNeverTheSmallest() {
    assertThat(overload.ended(0, 2000, 4000)).isTrue();
    assertThat(overload.decide(0, 4, 2, 4000)).isEqualTo(2);
    assertThat(overload.ended(2, 2000, 12_000)).isTrue();
    assertThat(overload.decide(2, 4, 4, 12_000)).isEqualTo(3);
  }

  @Test
  void segmentThatIsLate_isLeftOutThen_andTheBestRungFromThenOn() {
    overload.ended(0, 300, 2000);
    assertThat(overload.isTooLate(0, 999, 2999)).isFalse();
    assertThat(overload.isTooLate(0, 1000, 3000)).isTrue();
    assertThat(overload.decide(0, RUNGS, 2, 3000)).isEqualTo(1);
  }

  @Test
  void onAMachineThatIsTooSlow_theWaitIsHalf() {
    overload.waitHalf(true);
    assertThat(overload.isTooLate(0, 499, 2499)).isFalse();
    assertThat(overload.isTooLate(0, 500, 2500)).isTrue();
    assertThat(overload.ended(1, 499, 4000)).isFalse();
    assertThat(overload.ended(2, 500, 6000)).isTrue();
    overload.waitHalf(false);
    assertThat(overload.ended(3, 999, 8000)).isFalse();
  }

  @Test
  void whoWaitsForAChildToStart_isLeftOut_withoutARung_andNotWhileCatchingUp() {
    assertThat(overload.startsTooLate(999, 5000)).isFalse();
    assertThat(overload.startsTooLate(1000, 5000)).isTrue();
    assertThat(overload.decide(0, RUNGS, 2, 5000)).isZero();
    Overload fresh = new Overload(DEFER_AFTER, true, 0);
    assertThat(fresh.startsTooLate(20_000, 20_000)).isFalse();
    fresh.caughtUp(0, 21_000);
    assertThat(fresh.startsTooLate(1000, 22_000)).isTrue();
  }

  @Test
  void segmentsBegunBeforeARungWasLeftOut_countNoMore() {
    overload.ended(0, 1000, 2000);
    assertThat(overload.decide(0, RUNGS, 2, 2000)).isEqualTo(1);
    assertThat(overload.ended(1, 1500, 4000)).isTrue();
    assertThat(overload.decide(1, RUNGS, 3, 4000)).isEqualTo(1);
    overload.ended(2, 1500, 6000);
    assertThat(overload.decide(1, RUNGS, 4, 6000)).isEqualTo(2);
  }

  @Test
  void theSmallestRung_stays_thoughItsSegmentsAreLate() {
    assertThat(overload.ended(0, 5000, 2000)).isTrue();
    assertThat(overload.decide(RUNGS - 1, RUNGS, 2, 2000)).isEqualTo(RUNGS - 1);
  }

  @Test
  void whoHasTakenOver_catchesUpFirst() {
    Overload fresh = new Overload(DEFER_AFTER, true, 0);
    assertThat(fresh.ended(0, 5000, 29_000)).isFalse();
    assertThat(fresh.isTooLate(0, 20_000, 29_999)).isFalse();
    assertThat(fresh.decide(0, RUNGS, 2, 29_999)).isZero();
    assertThat(fresh.isTooLate(0, 20_000, 30_000)).isTrue();
  }

  @Test
  void whoHasTakenOver_andCaughtUp_isAsAnybody() {
    Overload fresh = new Overload(DEFER_AFTER, true, 0);
    fresh.caughtUp(400, 3000);
    assertThat(fresh.isTooLate(0, 5000, 3000)).isFalse();
    fresh.caughtUp(399, 4000);
    assertThat(fresh.isTooLate(0, 5000, 4000)).isTrue();
  }

  @Test
  void whoKeepsUpAgain_takesThemBack_moreSlowlyEachTime() {
    long now = 0;
    long msn = 0;
    long calmMs = 0;
    for (int round = 0; round < 3; round++) {
      overload.ended(msn++, 1000, now);
      int leftOut = overload.decide(0, RUNGS, msn, now);
      assertThat(leftOut).isEqualTo(1);
      long start = now;
      while (leftOut == 1) {
        now += 2000;
        overload.ended(msn++, 100, now);
        leftOut = overload.decide(leftOut, RUNGS, msn, now);
      }
      assertThat(now - start).isGreaterThan(calmMs);
      calmMs = now - start;
    }
    assertThat(calmMs).isGreaterThanOrEqualTo(120_000);
  }

  @Test
  void sourceThatWasAway_isMadeUpFor_andNothingLeftOutUntilItIs() {
    assertThat(overload.ended(0, 100, 2000)).isFalse();
    overload.missed(18_000, 20_000);
    assertThat(overload.isTooLate(1, 18_000, 20_000)).isFalse();
    assertThat(overload.ended(2, 3000, 21_000)).isFalse();
    overload.caughtUp(1000, 22_000);
    assertThat(overload.ended(3, 2000, 24_000)).isFalse();
    overload.caughtUp(100, 25_000);
    assertThat(overload.ended(4, 1000, 26_000)).isTrue();
  }

  @Test
  void sourceThatWasAway_isMadeUpForInAsLongAgain() {
    overload.missed(3000, 20_000);
    assertThat(overload.ended(1, 2000, 22_999)).isFalse();
    assertThat(overload.ended(2, 2000, 23_000)).isTrue();
    overload.missed(100_000, 200_000);
    assertThat(overload.ended(3, 2000, 229_999)).isFalse();
    assertThat(overload.ended(4, 2000, 230_000)).isTrue();
  }

  @Test
  void whoIsBehindNowAndThen_takesNothingBack() {
    overload.ended(0, 1000, 2000);
    assertThat(overload.decide(0, RUNGS, 1, 2000)).isEqualTo(1);
    for (long msn = 1; msn < 50; msn++) {
      overload.ended(msn, msn % 10 == 0 ? 500 : 100, 2000 + msn * 2000);
      assertThat(overload.decide(1, RUNGS, msn + 1, 2000 + msn * 2000)).isEqualTo(1);
    }
  }
}

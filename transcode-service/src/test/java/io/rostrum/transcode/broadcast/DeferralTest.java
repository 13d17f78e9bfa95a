package io.rostrum.transcode.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.ladder.Ladder;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeferralTest {
  private static final Ladder ENCODED = ladder("480p");
  private static final Ladder WITH_SOURCE = ladder("source");

  @Test
  void firstSegments_whereNothingIsPassedThrough_areWaitedFor_andLaterOnesNot() {
    assertThat(List.of(0L, 1L)).allMatch(msn -> Deferral.isBeginning(ENCODED, msn));
    assertThat(List.of(0L, 1L)).allMatch(msn -> Deferral.isBeginning(null, msn));
    assertThat(Deferral.isBeginning(ENCODED, 2)).isFalse();
  }

  @Test
  void segmentsOfABroadcastThatIsPassedThrough_areNeverWaitedFor() {
    assertThat(List.of(0L, 1L, 2L)).noneMatch(msn -> Deferral.isBeginning(WITH_SOURCE, msn));
  }

  @Test
  void theWaitIsHalf_onlyWhereAMachineIsTooSlow_andSomethingIsPassedThrough() {
    assertThat(Deferral.holdsOthersUp(WITH_SOURCE, 1)).isTrue();
    assertThat(Deferral.holdsOthersUp(WITH_SOURCE, 0)).isFalse();
    assertThat(Deferral.holdsOthersUp(ENCODED, 1)).isFalse();
    assertThat(Deferral.holdsOthersUp(null, 1)).isFalse();
  }

  private static Ladder ladder(String rendition) {
    return new Ladder(
        List.of(
            new Rendition(
                rendition,
                Rendition.Kind.VIDEO,
                "avc1.42c01f",
                90_000,
                1_000_000,
                1_000_000,
                854,
                480,
                30,
                45_000,
                0,
                0,
                500,
                false)),
        List.of());
  }
}

package io.rostrum.ingest.whip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentKeysTest {

  private final SegmentKeys keys = new SegmentKeys();

  @Test
  void firstSegment_isShort_andNeedsNoKeyFrame() {
    assertThat(keys.isDue(0, true)).isFalse();
    assertThat(keys.isDue(490_000, false)).isFalse();
    assertThat(keys.isDue(500_000, false)).isFalse();
    assertThat(keys.isDue(4_490_000, false)).isFalse();
    assertThat(keys.isDue(4_500_000, false)).as("the second one began at 0.5 s").isTrue();
    assertThat(keys.isDue(4_600_000, true)).isFalse();
    assertThat(keys.isDue(8_590_000, false)).isFalse();
    assertThat(keys.isDue(8_600_000, false)).isTrue();
  }

  @Test
  void keyFrameAfterALoss_startsASegmentOnlyWhereTheNextCouldComeTooLate() {
    keys.isDue(0, true);
    keys.isDue(1_000_000, true);
    keys.isDue(5_000_000, true);

    keys.isDue(6_000_000, true);
    assertThat(keys.isDue(9_000_000, false)).as("the segment began at 5 s").isTrue();
    keys.isDue(9_050_000, true);

    keys.isDue(11_500_000, true);
    assertThat(keys.isDue(13_100_000, false)).as("the segment began at 11.5 s").isFalse();
    assertThat(keys.isDue(15_500_000, false)).isTrue();
  }

  @Test
  void beforeTheFirstKeyFrame_nothingIsDue() {
    assertThat(keys.isDue(9_000_000, false)).isFalse();
  }
}

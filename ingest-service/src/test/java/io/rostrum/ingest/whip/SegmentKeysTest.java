package io.rostrum.ingest.whip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentKeysTest {

  private final SegmentKeys keys = new SegmentKeys();

  @Test
  void keyFrame_isDueOnceTheSegmentIsLongEnough() {
    assertThat(keys.isDue(0, true)).isFalse();
    assertThat(keys.isDue(3_990_000, false)).isFalse();
    assertThat(keys.isDue(4_000_000, false)).isTrue();
    assertThat(keys.isDue(4_100_000, true)).isFalse();
    assertThat(keys.isDue(8_000_000, false)).isFalse();
    assertThat(keys.isDue(8_100_000, false)).isTrue();
  }

  @Test
  void keyFrameAfterALoss_startsASegmentOnlyWhereTheNextCouldComeTooLate() {
    keys.isDue(0, true);
    keys.isDue(1_000_000, true);
    assertThat(keys.isDue(4_000_000, false)).as("the segment began at 0").isTrue();
    keys.isDue(4_050_000, true);

    keys.isDue(6_500_000, true);

    assertThat(keys.isDue(8_100_000, false)).as("the segment began at 6.5 s").isFalse();
    assertThat(keys.isDue(10_500_000, false)).isTrue();
  }

  @Test
  void beforeTheFirstKeyFrame_nothingIsDue() {
    assertThat(keys.isDue(9_000_000, false)).isFalse();
  }
}

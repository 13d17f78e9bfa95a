package io.rostrum.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToneTest {

  @Test
  void fill_firstTenthOfASecond_isLoudAndTheRestQuiet() {
    float[] second = new float[Tone.SAMPLE_RATE];

    Tone.fill(second, 5L * Tone.SAMPLE_RATE);

    assertThat(peak(second, 0, 4_800)).isBetween(0.2, 0.3);
    assertThat(peak(second, 4_800, 48_000)).isBetween(0.005, 0.05);
  }

  @Test
  void fill_anyChunks_isOneSound() {
    float[] whole = new float[4_096];
    Tone.fill(whole, Tone.SAMPLE_RATE - 2_048);

    float[] part = new float[1_024];
    Tone.fill(part, Tone.SAMPLE_RATE - 1_024);

    for (int i = 0; i < part.length; i++) {
      assertThat(part[i]).isEqualTo(whole[1_024 + i]);
    }
  }

  @Test
  void fill_endOfASecond_hasNoStep() {
    float[] edge = new float[64];

    Tone.fill(edge, Tone.SAMPLE_RATE - 32);

    for (int i = 1; i < edge.length; i++) {
      assertThat((double) Math.abs(edge[i] - edge[i - 1])).isLessThan(0.01);
    }
  }

  private static double peak(float[] samples, int from, int to) {
    double peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }
}

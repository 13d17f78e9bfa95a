package io.rostrum.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaDurationTest {
  @ParameterizedTest
  @CsvSource({
    "360000, 90000, 4.0",
    "23552, 48000, 0.490667",
    "45045, 90000, 0.5005",
    "1, 3, 0.333333",
    "2, 3, 0.666667",
    "0, 1, 0.0",
    "9223372036854775807, 2147483647, 4294967298.0"
  })
  void seconds_areExactToTheMicrosecond(long ticks, int timescale, String seconds) {
    StringBuilder out = new StringBuilder();
    new MediaDuration(ticks, timescale).appendSeconds(out);
    assertThat(out).hasToString(seconds);
  }

  @Test
  void duration_withoutTimescale_isRefused() {
    assertThatThrownBy(() -> new MediaDuration(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

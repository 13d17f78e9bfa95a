package io.rostrum.playback.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7240 §4.3. */
class PatienceTest {
  @ParameterizedTest
  @CsvSource({
    "wait=10, 10",
    "'respond-async, wait=10', 10",
    "'Wait = \"10\"; foo=bar', 10",
    "'wait=10, wait=20', 10",
    "wait=0, 0",
    "wait=-5, 0",
    "wait=10s, 0",
    "wait=99999999999999999999, 0",
    "await=10, 0",
    "'', 0"
  })
  void header_saysHowLong(String header, long seconds) {
    assertThat(Patience.in(List.of(header))).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void severalHeaders_areOne() {
    assertThat(Patience.in(List.of("respond-async", "wait=7"))).isEqualTo(Duration.ofSeconds(7));
    assertThat(Patience.in(List.of())).isZero();
  }
}

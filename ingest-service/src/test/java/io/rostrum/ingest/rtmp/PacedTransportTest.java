package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacedTransportTest {

  @ParameterizedTest
  @CsvSource({"0, 5", "1, 5", "10, 5", "11, 10", "20, 10", "95, 50", "100, 50", "1000, 50"})
  void period_growsWithTheConnections_upToTheLongest(int connections, int millis) {
    PacedTransport transport = new PacedTransport(Duration.ofMillis(50), () -> connections);

    assertThat(Duration.ofNanos(transport.periodNanos(connections)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void period_isNeverLongerThanIsSet() {
    PacedTransport transport = new PacedTransport(Duration.ofMillis(2), () -> 1);

    assertThat(transport.periodNanos(1)).isEqualTo(2_000_000);
  }
}

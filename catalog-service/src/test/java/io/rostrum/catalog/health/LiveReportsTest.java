package io.rostrum.catalog.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Transcode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveReportsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  private Instant now = NOW;
  private final LiveReports reports = new LiveReports(new SetClock());

  @Test
  void newest_winsWhateverTheOrder() {
    reports.put(report(NOW, 200));
    reports.put(report(NOW.minusSeconds(2), 100));

    assertThat(reports.find("b7k2", Transcode.class)).get().extracting("lagMs").isEqualTo(200L);
    assertThat(reports.find("b7k2", HealthReport.Publisher.class)).isEmpty();
  }

  @Test
  void report_pastItsLifetime_saysNothing() {
    reports.put(report(NOW, 200));
    now = NOW.plus(HealthReport.LIFETIME);

    assertThat(reports.find("b7k2", Transcode.class)).isEmpty();
  }

  private static HealthReport report(Instant at, long lagMs) {
    return new Transcode("b7k2", "transcode-1", at, lagMs, 1, 0, List.of(), List.of());
  }

  private final class SetClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}

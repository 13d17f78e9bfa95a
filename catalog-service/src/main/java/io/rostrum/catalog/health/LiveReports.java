package io.rostrum.catalog.health;

import io.rostrum.contracts.health.HealthReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest report of each kind on each live broadcast, for as long as it counts. Thread safe; as
 * large as there are live broadcasts.
 */
@ApplicationScoped
class LiveReports {
  private final Map<Key, HealthReport> newest = new ConcurrentHashMap<>();
  private final Clock clock;

  LiveReports(Clock clock) {
    this.clock = clock;
  }

  /** Takes a report in, unless a newer one is there. */
  void put(HealthReport report) {
    newest.merge(
        new Key(report.broadcast(), report.getClass()),
        report,
        (known, next) -> next.at().isBefore(known.at()) ? known : next);
  }

  /** The newest report of that kind; empty where none counts. */
  <R extends HealthReport> Optional<R> find(String broadcast, Class<R> kind) {
    return Optional.ofNullable(newest.get(new Key(broadcast, kind)))
        .filter(this::counts)
        .map(kind::cast);
  }

  /** Drops what does not count any more. */
  void forgetOld() {
    newest.values().removeIf(report -> !counts(report));
  }

  private boolean counts(HealthReport report) {
    return report.at().plus(HealthReport.LIFETIME).isAfter(clock.instant());
  }

  private record Key(String broadcast, Class<? extends HealthReport> kind) {}
}

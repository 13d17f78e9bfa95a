package io.rostrum.catalog.schema;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The clock of the catalog, in steps of a microsecond: as fine as Postgres keeps times, so that a
 * value read back equals the one written.
 */
class UtcClock {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }
}

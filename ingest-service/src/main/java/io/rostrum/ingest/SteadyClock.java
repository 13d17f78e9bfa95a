package io.rostrum.ingest;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Wall-clock time as it was when this clock was made, plus the time that has passed since: it never
 * steps, whatever is done to the machine's clock (DESIGN.md, invariant 4). One is made for each
 * connection.
 */
public final class SteadyClock implements InstantSource {

  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return startedAt.plusNanos(System.nanoTime() - startedNanos);
  }
}

package io.rostrum.catalog.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when changes are relayed. Kafka may be away: the outbox keeps what cannot go yet. */
@Readiness
@ApplicationScoped
class OutboxHealth implements HealthCheck {
  private final OutboxRelay relay;

  OutboxHealth(OutboxRelay relay) {
    this.relay = relay;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("outbox relay").status(relay.isRunning()).build();
  }
}

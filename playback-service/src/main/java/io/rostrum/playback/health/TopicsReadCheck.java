package io.rostrum.playback.health;

import io.rostrum.playback.intake.Intake;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the topics were read to their ends: before that a playlist would lack what viewers
 * have seen already. Kafka going away later does not change it: what is here is still served.
 */
@Readiness
public class TopicsReadCheck implements HealthCheck {
  private final Intake intake;

  /**
   * @param intake what reads
   */
  public TopicsReadCheck(Intake intake) {
    this.intake = intake;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("topics read").status(intake.ready()).build();
  }
}

package io.rostrum.transcode.health;

import io.rostrum.transcode.owner.Transcoder;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once partitions are assigned and every intent has been read. */
@Readiness
@ApplicationScoped
public class OwnerReadiness implements HealthCheck {
  private final Transcoder transcoder;

  OwnerReadiness(Transcoder transcoder) {
    this.transcoder = transcoder;
  }

  @Override
  public HealthCheckResponse call() {
    String trouble = transcoder.trouble();
    return HealthCheckResponse.named("owner loop")
        .status(trouble == null)
        .withData("state", trouble == null ? "owns its partitions" : trouble)
        .build();
  }
}

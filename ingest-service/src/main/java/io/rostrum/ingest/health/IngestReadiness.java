package io.rostrum.ingest.health;

import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.broadcast.BroadcastFollower;
import io.rostrum.ingest.rtmp.RtmpServer;
import io.rostrum.ingest.whip.WhipSessions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the broadcasts are known and the port is open. Stays ready while Kafka is away later:
 * publishers are held by back-pressure, or told.
 */
@Readiness
@ApplicationScoped
class IngestReadiness implements HealthCheck {

  private final BroadcastFollower follower;
  private final BroadcastDirectory directory;
  private final RtmpServer server;
  private final WhipSessions whip;

  IngestReadiness(
      BroadcastFollower follower,
      BroadcastDirectory directory,
      RtmpServer server,
      WhipSessions whip) {
    this.follower = follower;
    this.directory = directory;
    this.server = server;
    this.whip = whip;
  }

  @Override
  public HealthCheckResponse call() {
    boolean read = follower.isReady();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("ingest")
            .status(read && server.isListening() && whip.isListening())
            .withData("broadcasts", directory.size())
            .withData("rtmpPort", server.port())
            .withData("webrtcPort", whip.udpPort());
    if (!read) {
      response.withData(
          "waitingFor",
          follower.trouble().orElse("the broadcasts and timeline topics to be read to their end"));
    }
    return response.build();
  }
}

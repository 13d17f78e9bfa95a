package io.rostrum.catalog.health;

import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.BroadcastState;
import io.rostrum.catalog.broadcast.Broadcasts;
import io.rostrum.catalog.broadcast.Progress;
import io.rostrum.catalog.broadcast.ProgressIndex;
import io.rostrum.catalog.broadcast.PublisherState;
import io.rostrum.catalog.broadcast.RecordingView;
import io.rostrum.catalog.security.Role;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Warning;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows producers how a broadcast is doing. */
@Path("/api/v1/broadcasts/{id}/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Health")
public class HealthResource {
  private final Broadcasts broadcasts;
  private final ProgressIndex progressIndex;
  private final LiveReports reports;

  HealthResource(Broadcasts broadcasts, ProgressIndex progressIndex, LiveReports reports) {
    this.broadcasts = broadcasts;
    this.progressIndex = progressIndex;
    this.reports = reports;
  }

  @GET
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Transactional
  @Operation(summary = "How a broadcast is doing, measured within the last seconds")
  public HealthView get(String id) {
    Broadcast broadcast = broadcasts.require(id);
    Progress progress = progressIndex.of(id);
    BroadcastState state = broadcast.state(progress);
    Optional<HealthReport.Publisher> publication =
        reports.find(id, HealthReport.Publisher.class).filter(HealthReport.Publisher::connected);
    Optional<HealthReport.Transcode> transcode =
        state == BroadcastState.ENDED
            ? Optional.empty()
            : reports.find(id, HealthReport.Transcode.class);
    List<Warning> warnings = new ArrayList<>();
    if (state == BroadcastState.LIVE && publication.isEmpty()) {
      warnings.add(absence(broadcast, progress));
    }
    publication.ifPresent(report -> warnings.addAll(report.warnings()));
    transcode.ifPresent(report -> warnings.addAll(report.warnings()));
    return new HealthView(
        id,
        state,
        progress.publisher(),
        publication.orElse(null),
        transcode.orElse(null),
        new HealthView.TimelineHealth(
            progress.publications(),
            Math.max(0, progress.publications() - 1),
            progress.segments(),
            progress.gapSegments(),
            progress.awaySegments(),
            progress.durationSeconds()),
        state == BroadcastState.ENDED ? RecordingView.of(broadcast, progress) : null,
        warnings);
  }

  private static Warning absence(Broadcast broadcast, Progress progress) {
    if (progress.publisher() == PublisherState.CONNECTED) {
      return new Warning(
          "NO_REPORT",
          "The timeline says that somebody publishes, but ingest reports nothing about it."
              + " If this stays, look at the log of the ingest service.");
    }
    return new Warning(
        "PUBLISHER_AWAY",
        "Nobody is publishing. Start the encoder again with the same stream key: viewers wait and go"
            + " on by themselves. The broadcast ends by itself %d s after the publisher left."
                .formatted(broadcast.autoEndSeconds()));
  }
}

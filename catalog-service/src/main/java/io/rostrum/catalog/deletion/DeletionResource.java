package io.rostrum.catalog.deletion;

import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.BroadcastRules;
import io.rostrum.catalog.broadcast.Broadcasts;
import io.rostrum.catalog.broadcast.ProgressIndex;
import io.rostrum.catalog.outbox.Outbox;
import io.rostrum.catalog.security.Caller;
import io.rostrum.catalog.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Deletes broadcasts. */
@Path("/api/v1/broadcasts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Broadcasts")
public class DeletionResource {
  private static final Logger LOG = Logger.getLogger(DeletionResource.class);

  private final Broadcasts broadcasts;
  private final ProgressIndex progressIndex;
  private final MediaDeletions deletions;
  private final Outbox outbox;
  private final Caller caller;

  DeletionResource(
      Broadcasts broadcasts,
      ProgressIndex progressIndex,
      MediaDeletions deletions,
      Outbox outbox,
      Caller caller) {
    this.broadcasts = broadcasts;
    this.progressIndex = progressIndex;
    this.deletions = deletions;
    this.outbox = outbox;
    this.caller = caller;
  }

  @DELETE
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Transactional
  @Operation(summary = "Deletes a broadcast with its media, for ever")
  @APIResponse(responseCode = "204", description = "Gone; the media follow")
  public void delete(String id) {
    Broadcast broadcast = broadcasts.requireLocked(id);
    BroadcastRules.requireDeletable(broadcast, broadcast.state(progressIndex.of(id)));
    broadcasts.delete(broadcast);
    deletions.request(id, caller.userName());
    outbox.addTombstone(id);
    LOG.infof("Broadcast deleted broadcast=%s by=%s", id, caller.userName());
  }
}

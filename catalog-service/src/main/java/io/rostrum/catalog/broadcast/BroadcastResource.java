package io.rostrum.catalog.broadcast;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rostrum.catalog.security.Caller;
import io.rostrum.catalog.security.Role;
import io.rostrum.contracts.broadcast.StreamKey;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Creates, shows, changes and ends broadcasts. */
@Path("/api/v1/broadcasts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Broadcasts")
public class BroadcastResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Broadcasts broadcasts;
  private final ProgressIndex progressIndex;
  private final BroadcastChanges changes;
  private final BroadcastViews views;
  private final AudienceCheck audience;
  private final Caller caller;
  private final Clock clock;
  private final ObjectMapper json;

  BroadcastResource(
      Broadcasts broadcasts,
      ProgressIndex progressIndex,
      BroadcastChanges changes,
      BroadcastViews views,
      AudienceCheck audience,
      Caller caller,
      Clock clock,
      ObjectMapper json) {
    this.json = json;
    this.broadcasts = broadcasts;
    this.progressIndex = progressIndex;
    this.changes = changes;
    this.views = views;
    this.audience = audience;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Creates a broadcast; its stream key is shown in this answer only")
  @APIResponse(responseCode = "201", description = "Created")
  public Response create(
      @Valid @NotNull(message = "is empty; send a JSON object") NewBroadcast request) {
    Instant now = clock.instant();
    BroadcastView view =
        changes.create(
            request.toBroadcast(caller.userName(), now),
            broadcast -> {
              StreamKey key = broadcast.issueKey(KeyPurpose.ENCODER, caller.userName(), now, null);
              return views.forCreator(broadcast, key);
            });
    return Response.created(URI.create("/api/v1/broadcasts/" + view.id())).entity(view).build();
  }

  @GET
  @Path("{id}")
  @PermitAll
  @Transactional
  @Operation(summary = "One broadcast, for its audience and for whoever manages broadcasts")
  public BroadcastView get(String id) {
    Broadcast broadcast = broadcasts.require(id);
    audience.requireVisible(broadcast);
    Progress progress = progressIndex.of(id);
    return caller.isKnownManager()
        ? views.forManager(broadcast, progress)
        : views.forViewer(broadcast, progress);
  }

  @PATCH
  @Path("{id}")
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
  @Operation(summary = "Changes a broadcast; what is absent stays, null takes away (RFC 7396)")
  public BroadcastView update(
      String id, @Valid @NotNull(message = "is empty; send a JSON object") BroadcastPatch request) {
    return changes.change(
        id,
        (broadcast, progress) -> request.applyTo(broadcast, broadcast.state(progress)),
        views::forManager);
  }

  @POST
  @Path("{id}/end")
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Operation(summary = "Ends a broadcast; idempotent")
  @APIResponse(responseCode = "200", description = "It has ended")
  @APIResponse(responseCode = "202", description = "It will end within a moment")
  public Response end(String id) {
    BroadcastView view = changes.requestEnd(id, views::forManager);
    boolean ended = view.state() == BroadcastState.ENDED;
    return Response.status(ended ? Response.Status.OK : Response.Status.ACCEPTED)
        .entity(view)
        .build();
  }

  @POST
  @Path("{id}/repair")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Role.PRODUCER, Role.ADMIN})
  @Operation(
      summary =
          "Has the recording of an ended broadcast gone over: what is missing is encoded, or all of"
              + " it to another ladder; idempotent. See recording in the broadcast for what came of it")
  @APIResponse(responseCode = "202", description = "It will be gone over when there is room")
  @APIResponse(responseCode = "409", description = "It has not ended")
  @RequestBody(
      content = @Content(schema = @Schema(implementation = RepairRequest.class)),
      required = false)
  public Response repair(String id, byte[] body) throws IOException {
    // As bytes, since a wish without a body comes without a media type, too.
    RepairRequest request =
        body == null || body.length == 0
            ? RepairRequest.AS_IT_IS
            : json.readValue(body, RepairRequest.class);
    return Response.accepted(changes.requestRepair(id, request, views::forManager)).build();
  }
}

package io.rostrum.catalog.streamkey;

import io.rostrum.catalog.security.Caller;
import io.rostrum.catalog.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stream keys of a broadcast. */
@Path("/api/v1/broadcasts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.PRODUCER, Role.ADMIN})
@Tag(name = "Stream keys")
public class StreamKeyResource {
  private final StreamKeyIssuer issuer;
  private final Caller caller;

  StreamKeyResource(StreamKeyIssuer issuer, Caller caller) {
    this.issuer = issuer;
    this.caller = caller;
  }

  @POST
  @Path("stream-keys")
  @Operation(summary = "A new stream key, shown in this answer only")
  @APIResponse(responseCode = "201", description = "Issued")
  public Response issue(String id) {
    return created(id, issuer.issueForEncoder(id, caller.userName()));
  }

  @DELETE
  @Path("stream-keys/{keyId}")
  @Operation(summary = "Revokes a stream key; idempotent")
  @APIResponse(responseCode = "204", description = "Revoked")
  public void revoke(String id, String keyId) {
    issuer.revoke(id, keyId);
  }

  @POST
  @Path("publish-token")
  @Operation(summary = "A short-lived key for going live from the browser")
  @APIResponse(responseCode = "201", description = "Issued")
  public Response issuePublishToken(String id) {
    return created(id, issuer.issueForBrowser(id, caller.userName()));
  }

  private static Response created(String id, NewStreamKey key) {
    URI location = URI.create("/api/v1/broadcasts/" + id + "/stream-keys/" + key.keyId());
    return Response.created(location)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(key)
        .build();
  }
}

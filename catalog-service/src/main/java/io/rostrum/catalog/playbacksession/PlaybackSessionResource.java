package io.rostrum.catalog.playbacksession;

import io.rostrum.catalog.address.Addresses;
import io.rostrum.catalog.broadcast.AudienceCheck;
import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.Broadcasts;
import io.rostrum.catalog.security.Caller;
import io.rostrum.contracts.broadcast.Audience;
import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Checks the audience and gives leave to watch. */
@Path("/api/v1/broadcasts/{id}/playback-session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Playback")
public class PlaybackSessionResource {
  /** The cookie that playback looks for. */
  static final String COOKIE = "rostrum_playback";

  private final Broadcasts broadcasts;
  private final AudienceCheck audienceCheck;
  private final PlaybackTokens tokens;
  private final PlaybackSessionConfig config;
  private final Addresses addresses;
  private final Caller caller;

  PlaybackSessionResource(
      Broadcasts broadcasts,
      AudienceCheck audienceCheck,
      PlaybackTokens tokens,
      PlaybackSessionConfig config,
      Addresses addresses,
      Caller caller) {
    this.broadcasts = broadcasts;
    this.audienceCheck = audienceCheck;
    this.tokens = tokens;
    this.config = config;
    this.addresses = addresses;
    this.caller = caller;
  }

  @POST
  @PermitAll
  @Transactional
  @Operation(summary = "Checks the audience; sets the playback cookie and returns the addresses")
  @APIResponse(responseCode = "200", description = "May watch")
  public Response open(String id) {
    Broadcast broadcast = broadcasts.require(id);
    audienceCheck.requireAdmitted(broadcast);
    Instant expiresAt = tokens.expiry();
    String token = token(broadcast, expiresAt);
    PlaybackSession session =
        new PlaybackSession(addresses.hlsUrl(id), addresses.tokenHlsUrl(id, token), expiresAt);
    return Response.ok(session)
        .cookie(cookie(id, token))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** What is public is watched without a name: no need to ask the identity provider for one. */
  private String token(Broadcast broadcast, Instant expiresAt) {
    Audience audience = broadcast.effectiveAudience();
    return audience.isPublic()
        ? tokens.sign(broadcast.id(), null, Set.of(), audience, expiresAt)
        : tokens.sign(broadcast.id(), caller.userName(), caller.groups(), audience, expiresAt);
  }

  private NewCookie cookie(String id, String token) {
    return new NewCookie.Builder(COOKIE)
        .value(token)
        .path(addresses.hlsPath(id))
        .maxAge((int) config.sessionTtl().toSeconds())
        .httpOnly(true)
        .secure(addresses.isSecure())
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}

package io.rostrum.ingest.whip;

import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.ingest.publish.Admission;
import io.rostrum.ingest.publish.Refusal;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.sdp.SdpFragment;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * WHIP's requests, RFC 9725: {@code POST /whip/{id}} with an offer; {@code PATCH} and {@code
 * DELETE} of the session that comes of it. Runs on event loops.
 */
@ApplicationScoped
class WhipEndpoint {

  private static final Logger LOG = Logger.getLogger(WhipEndpoint.class);
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_CLIENT_CHARACTERS = 120;
  private static final long KEY_RETRY_MS = 50;
  private static final long KEY_PATIENCE_NANOS = 2_500_000_000L;

  private final WhipParts parts;
  private final WhipSessions sessions;
  private final Vertx vertx;
  private final IceServers iceServers;

  WhipEndpoint(WhipParts parts, WhipSessions sessions, Vertx vertx) {
    this.parts = parts;
    this.sessions = sessions;
    this.vertx = vertx;
    iceServers = IceServers.of(parts.config().webrtc());
  }

  void routes(@Observes Router router) {
    router.route("/whip/*").handler(WhipEndpoint::allowOrigins);
    router
        .route("/whip/*")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .failureHandler(this::failed);
    router.options("/whip/:id").handler(WhipEndpoint::options);
    router.options("/whip/:id/:session").handler(WhipEndpoint::options);
    router.post("/whip/:id").handler(context -> post(context, System.nanoTime()));
    router.patch("/whip/:id/:session").handler(context -> answering(context, this::patch));
    router.delete("/whip/:id/:session").handler(context -> answering(context, this::delete));
    router.route("/whip/:id").handler(context -> wrongMethod(context, "POST, OPTIONS"));
    router
        .route("/whip/:id/:session")
        .handler(context -> wrongMethod(context, "PATCH, DELETE, OPTIONS"));
  }

  private interface Step {
    void run(RoutingContext context) throws ProblemException;
  }

  private void answering(RoutingContext context, Step step) {
    try {
      step.run(context);
    } catch (ProblemException e) {
      refuse(context, e.problem());
    }
  }

  /** Pages of other origins publish as well: the key is what counts. RFC 9725 §4.1, Fetch §3.2. */
  private static void allowOrigins(RoutingContext context) {
    context
        .response()
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Access-Control-Expose-Headers", "Location, Link, ETag, Accept-Patch")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    context.next();
  }

  private static void options(RoutingContext context) {
    boolean session = context.pathParam("session") != null;
    String methods = session ? "PATCH, DELETE, OPTIONS" : "POST, OPTIONS";
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(204)
            .putHeader(HttpHeaders.ALLOW, methods)
            .putHeader("Access-Control-Allow-Methods", methods)
            .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
            .putHeader("Access-Control-Max-Age", "600");
    if (session) {
      response.putHeader("Accept-Patch", FRAGMENT);
    } else {
      response.putHeader("Accept-Post", SDP);
    }
    response.end();
  }

  private static void wrongMethod(RoutingContext context, String allowed) {
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    answer(
        context,
        new Problem(
            405,
            "Method not allowed",
            "WHIP takes an offer with POST on /whip/{id}, PATCH and DELETE on the session's"
                + " address."));
  }

  /**
   * A broadcast or key that was made a moment ago may not have come from the catalog yet, and a
   * wrong one loses nothing by waiting.
   */
  private void post(RoutingContext context, long askedNanos) {
    String id = context.pathParam("id");
    Optional<StreamKey> key = bearer(context).flatMap(StreamKey::parse);
    boolean known =
        parts.directory().find(id).isPresent() && (key.isEmpty() || parts.gate().knows(key.get()));
    boolean patient = System.nanoTime() - askedNanos < KEY_PATIENCE_NANOS;
    if (!known && patient && isSdp(context) && !context.response().closed()) {
      vertx.setTimer(KEY_RETRY_MS, timer -> post(context, askedNanos));
      return;
    }
    answering(context, c -> open(c, id, key));
  }

  private void open(RoutingContext context, String id, Optional<StreamKey> key)
      throws ProblemException {
    if (!isSdp(context)) {
      context.response().putHeader("Accept-Post", SDP);
      throw new ProblemException(
          new Problem(415, "Unsupported media type", "Send the offer as " + SDP + "."));
    }
    String address = context.request().remoteAddress().hostAddress();
    Admission.Granted granted = admit(id, key, address);
    String offer = context.body().asString();
    if (offer == null || offer.isBlank()) {
      throw new ProblemException(
          new Problem(400, "No offer", "The body must be an SDP offer; it is empty."));
    }
    WhipSessions.Opened opened = sessions.open(offer, granted, address, client(context));
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(201)
            .putHeader(HttpHeaders.CONTENT_TYPE, SDP)
            .putHeader(HttpHeaders.LOCATION, "/whip/" + id + "/" + opened.name())
            .putHeader(HttpHeaders.ETAG, opened.entityTag())
            .putHeader("Accept-Patch", FRAGMENT);
    List<String> servers = iceServers.links(id, Instant.now());
    if (!servers.isEmpty()) {
      response.putHeader("Link", (Iterable<String>) servers);
    }
    response.end(opened.sdp());
  }

  private Admission.Granted admit(String id, Optional<StreamKey> key, String address)
      throws ProblemException {
    if (!sessions.isListening()) {
      throw new ProblemException(Problem.of(Refusal.NOT_READY));
    }
    Admission admission = parts.gate().admit(key, address);
    if (admission instanceof Admission.Granted granted) {
      if (granted.broadcastId().equals(id)) {
        return granted;
      }
      throw new ProblemException(
          parts.directory().find(id).isEmpty()
              ? Problem.unknownBroadcast(id)
              : Problem.of(Refusal.UNKNOWN_KEY));
    }
    Refusal refusal = ((Admission.Refused) admission).refusal();
    parts.metrics().counter("rostrum.ingest.refused", "reason", refusal.tag()).increment();
    boolean unknown = refusal == Refusal.UNKNOWN_KEY && parts.directory().find(id).isEmpty();
    throw new ProblemException(unknown ? Problem.unknownBroadcast(id) : Problem.of(refusal));
  }

  private void patch(RoutingContext context) throws ProblemException {
    if (!FRAGMENT.equals(contentType(context))) {
      context.response().putHeader("Accept-Patch", FRAGMENT); // RFC 5789 §2.2
      throw new ProblemException(
          new Problem(415, "Unsupported media type", "Send candidates as " + FRAGMENT + "."));
    }
    String id = session(context);
    String tag =
        sessions.entityTag(id).orElseThrow(() -> new ProblemException(sessions.whyGone(id)));
    requireBroadcast(context, id);
    String match = context.request().getHeader(HttpHeaders.IF_MATCH);
    if (match == null) {
      throw new ProblemException(
          new Problem(
              428, "If-Match is missing", "Name the ETag of the session; \"*\" restarts ICE."));
    }
    SdpFragment fragment = fragment(context);
    String known = sessions.remoteUfrag(id).orElse("");
    boolean another = !fragment.ufrag().isEmpty() && !fragment.ufrag().equals(known);
    // RFC 9725 §4.3.3: a restart is asked for with "*", whatever came before.
    if (match.trim().equals("*") && another) {
      restart(context, id, fragment);
    } else if (another || !match.trim().equals("*") && !match.contains(tag)) {
      throw new ProblemException(
          new Problem(
              412, "Another ICE session", "Candidates belong to the ICE session that ETag names."));
    } else {
      context.response().setStatusCode(204).end();
    }
  }

  private static SdpFragment fragment(RoutingContext context) throws ProblemException {
    try {
      return SdpFragment.parse(Optional.ofNullable(context.body().asString()).orElse(""));
    } catch (WebRtcException e) {
      throw new ProblemException(new Problem(400, "Fragment cannot be used", e.getMessage()));
    }
  }

  private void restart(RoutingContext context, String id, SdpFragment fragment)
      throws ProblemException {
    WhipSessions.IceRestart restart =
        sessions
            .restart(id, fragment.ufrag())
            .orElseThrow(() -> new ProblemException(Problem.unknownSession()));
    context
        .response()
        .setStatusCode(200)
        .putHeader(HttpHeaders.CONTENT_TYPE, FRAGMENT)
        .putHeader(HttpHeaders.ETAG, restart.entityTag())
        .end(SdpFragment.restarted(restart.local(), restart.candidates()));
  }

  private void delete(RoutingContext context) throws ProblemException {
    String id = session(context);
    if (sessions.broadcastOf(id).isPresent()) {
      requireBroadcast(context, id);
    }
    if (!sessions.delete(id)) {
      throw new ProblemException(Problem.unknownSession());
    }
    context.response().setStatusCode(200).end();
  }

  /** The id of a session of this node. */
  private String session(RoutingContext context) throws ProblemException {
    SessionName name =
        SessionName.parse(context.pathParam("session"))
            .orElseThrow(() -> new ProblemException(Problem.unknownSession()));
    if (!name.node().equals(parts.node())) {
      throw new ProblemException(Problem.otherNode(name.node(), parts.node()));
    }
    return name.session();
  }

  /**
   * The address of a session is a secret of 190 bits, so that knowing it is enough; a key that
   * comes with it must be right all the same.
   */
  private void requireBroadcast(RoutingContext context, String session) throws ProblemException {
    String broadcast = sessions.broadcastOf(session).orElse("");
    if (!broadcast.equals(context.pathParam("id"))) {
      throw new ProblemException(Problem.unknownSession());
    }
    Optional<String> token = bearer(context);
    if (token.isPresent()) {
      Optional<StreamKey> key = StreamKey.parse(token.get());
      boolean right =
          key.isPresent()
              && parts.directory().find(broadcast).stream()
                  .flatMap(state -> state.intent().streamKeys().stream())
                  .anyMatch(hash -> key.get().matches(hash));
      if (!right) {
        throw new ProblemException(Problem.of(Refusal.UNKNOWN_KEY));
      }
    }
  }

  private static Optional<String> bearer(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(header.substring(7).trim())
        : Optional.empty();
  }

  private static boolean isSdp(RoutingContext context) {
    return SDP.equals(contentType(context));
  }

  private static String contentType(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return header == null ? "" : header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  private static String client(RoutingContext context) {
    String agent = context.request().getHeader(HttpHeaders.USER_AGENT);
    return agent == null ? "" : agent.substring(0, Math.min(MAX_CLIENT_CHARACTERS, agent.length()));
  }

  private void refuse(RoutingContext context, Problem problem) {
    LOG.infof(
        "WHIP request refused method=%s remote=%s status=%d problem=%s",
        context.request().method(),
        context.request().remoteAddress().hostAddress(),
        problem.status(),
        problem.title());
    answer(context, problem);
  }

  private static void answer(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (List.of(429, 503).contains(problem.status())) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "10");
    }
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(context.request().method() == HttpMethod.HEAD ? "" : problem.toJson());
  }

  private void failed(RoutingContext context) {
    boolean tooLong = context.statusCode() == 413;
    if (!tooLong) {
      LOG.errorf(context.failure(), "Mistake in the WHIP endpoint");
    }
    answer(
        context,
        tooLong
            ? new Problem(
                413, "Offer too long", "An offer has at most " + MAX_BODY_BYTES + " bytes.")
            : new Problem(500, "Mistake of the server", "Try again, and tell its operator."));
  }
}

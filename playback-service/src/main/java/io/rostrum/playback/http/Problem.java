package io.rostrum.playback.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An error as the reader gets it (RFC 9457): what is wrong and what to do.
 *
 * @param status HTTP status
 * @param title the kind of problem, the same for all of a kind
 * @param detail this one, with what to do
 * @param cacheControl how long it stays true
 * @param retryAfterSeconds when to try again; 0 for no hint
 */
record Problem(
    int status, String title, String detail, String cacheControl, int retryAfterSeconds) {
  private static final String NO_STORE = "no-store";

  /** For a second: what is not there yet may come any moment. */
  private static final String ONE_SECOND = "max-age=1";

  private static final String ONE_MINUTE = "max-age=60";

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, ONE_SECOND, 0);
  }

  static Problem notStarted() {
    return new Problem(
        404,
        "Not started",
        "This broadcast has nothing to play yet. Ask again in a second.",
        ONE_SECOND,
        1);
  }

  /**
   * There is nothing to play.
   *
   * @param ended whether nothing will come any more
   */
  static Problem empty(boolean ended) {
    return ended
        ? new Problem(
            404,
            "Nothing recorded",
            "This broadcast ended before anything of it could be recorded.",
            ONE_MINUTE,
            0)
        : notStarted();
  }

  static Problem gone() {
    return new Problem(410, "Deleted", "This broadcast was deleted.", NO_STORE, 0);
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, NO_STORE, 0);
  }

  static Problem unauthorized() {
    return new Problem(
        401,
        "No valid playback token",
        "Open the watch page and sign in, or get a token from"
            + " POST /api/v1/broadcasts/{id}/playback-session; a token is good for a short time.",
        NO_STORE,
        0);
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Not admitted", detail, NO_STORE, 0);
  }

  static Problem unavailable(String detail, int retryAfterSeconds) {
    return new Problem(503, "Not available now", detail, NO_STORE, retryAfterSeconds);
  }

  static Problem methodNotAllowed() {
    return new Problem(405, "Method not allowed", "Use GET, HEAD or OPTIONS here.", NO_STORE, 0);
  }

  void send(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", cacheControl);
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (status == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"playback\"");
    }
    if (status == 405) {
      response.putHeader("Allow", "GET, HEAD, OPTIONS");
    }
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    Buffer text = body.toBuffer();
    // Said for HEAD as well.
    response.putHeader("Content-Length", Integer.toString(text.length())).end(text);
  }
}

package io.rostrum.ingest.whip;

import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.Refusal;
import io.vertx.core.json.JsonObject;

/**
 * An error as clients get it, RFC 9457.
 *
 * @param status of HTTP
 * @param title the same for all of its kind
 * @param detail what to do
 */
record Problem(int status, String title, String detail) {

  static Problem of(Refusal refusal) {
    int status =
        switch (refusal) {
          case UNKNOWN_KEY, EXPIRED_KEY -> 401;
          case ENDED, CANCELLED -> 403;
          case TAKEN -> 409;
          case TOO_MANY_GUESSES -> 429;
          default -> 503;
        };
    String title =
        switch (refusal) {
          case UNKNOWN_KEY, EXPIRED_KEY -> "Wrong stream key";
          case ENDED -> "Broadcast has ended";
          case CANCELLED -> "Broadcast was cancelled";
          case TAKEN -> "Already published to";
          case TOO_MANY_GUESSES -> "Too many wrong keys";
          case NOT_READY -> "Not ready";
          case TOO_MANY_CONNECTIONS -> "Too many sessions";
          default -> "Not possible now";
        };
    return new Problem(status, title, refusal.description());
  }

  static Problem unknownBroadcast(String id) {
    return new Problem(
        404,
        "Unknown broadcast",
        "There is no broadcast " + id + ". Copy the WHIP address from the broadcast's page again.");
  }

  static Problem unknownSession() {
    return new Problem(
        404,
        "Unknown session",
        "This session is over, or never was. To publish, POST an offer to the broadcast's WHIP"
            + " address again.");
  }

  /**
   * Of a session that was there a moment ago. 410 where publishing again would undo what somebody
   * decided, so that clients who come back by themselves do not.
   */
  static Problem gone(CloseReason reason) {
    return switch (reason) {
      case SUPERSEDED, BROADCAST_ENDED, REVOKED ->
          new Problem(410, "Session ended", reason.description());
      default -> unknownSession();
    };
  }

  static Problem otherNode(String node, String here) {
    return new Problem(
        404,
        "Session of another node",
        ("This session is at the ingest node %s, but the request came to %s. Route /whip/{id}/{node}."
                + "{session} by the part before the last dot.")
            .formatted(node, here));
  }

  String toJson() {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .encode();
  }
}

package io.rostrum.localstack.edge;

import io.vertx.core.json.JsonObject;

/** Problem documents (RFC 9457) that the edge itself answers with. */
final class Problem {

  static final String CONTENT_TYPE = "application/problem+json";

  private Problem() {}

  static String notFound(String path) {
    return document(404, "Not found", path + " is not served here.");
  }

  static String unavailable(String backend) {
    return document(
        503,
        "Service unavailable",
        "The " + backend + " service does not answer. Try again in a moment.");
  }

  private static String document(int status, String title, String detail) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .encode();
  }
}

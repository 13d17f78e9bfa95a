package io.rostrum.playback.http;

import io.vertx.core.http.HttpServerRequest;

/** Cache headers and conditional requests. */
final class Caching {
  /** Of a URL that will never mean anything else. */
  static final String IMMUTABLE = "max-age=31536000, immutable";

  private Caching() {}

  /**
   * What only some may see is for the browser's own cache. An edge that checks tokens itself may
   * keep it anyway; see deploy.
   */
  static String scope(boolean openToAll, String directives) {
    return (openToAll ? "public, " : "private, ") + directives;
  }

  /** Whether the client has this representation already (RFC 9110 §13.1.2). */
  static boolean notModified(HttpServerRequest request, String etag) {
    String known = request.getHeader("If-None-Match");
    if (known == null) {
      return false;
    }
    for (String candidate : known.split(",")) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether gzip is accepted (RFC 9110 §12.5.3). */
  static boolean acceptsGzip(HttpServerRequest request) {
    String accepted = request.getHeader("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",")) {
      String[] parameters = coding.split(";");
      String name = parameters[0].strip();
      if (name.equalsIgnoreCase("gzip") || name.equals("*")) {
        return parameters.length < 2 || !parameters[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}

package io.rostrum.localstack.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** The X-Forwarded headers that tell a service how its client reached the edge. */
final class ForwardedHeaders {

  private ForwardedHeaders() {}

  /** Adds this hop; what an edge before this one has said stays. */
  static void add(MultiMap headers, HttpServerRequest request) {
    String client = request.remoteAddress().hostAddress();
    String before = headers.get("X-Forwarded-For");
    headers.set("X-Forwarded-For", before == null ? client : before + ", " + client);
    if (!headers.contains("X-Forwarded-Proto")) {
      headers.set("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
    }
    if (!headers.contains("X-Forwarded-Host") && request.authority() != null) {
      headers.set("X-Forwarded-Host", request.authority().toString());
    }
    if (!headers.contains("X-Forwarded-Port") && request.localAddress() != null) {
      headers.set("X-Forwarded-Port", Integer.toString(request.localAddress().port()));
    }
  }
}

package io.rostrum.catalog.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rostrum.contracts.json.ContractJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses bodies that say themselves that they are too large. The server's own limit would, too,
 * but without a word; it still ends those that turn out too large on the way.
 */
@ApplicationScoped
class BodyLimit {
  private static final long LIMIT_BYTES = 256 * 1024;

  /** Up to here the body is read and dropped, so that the answer arrives. */
  private static final long DRAINED_BYTES = 16 * 1024 * 1024;

  private static final int BEFORE_EVERYTHING = 1000;

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_EVERYTHING);
  }

  private void check(RoutingContext context) {
    long length = declaredLength(context);
    if (length <= LIMIT_BYTES) {
      context.next();
    } else if (length <= DRAINED_BYTES) {
      context.request().endHandler(end -> refuse(context));
      context.request().handler(chunk -> {}).resume();
    } else {
      refuse(context);
    }
  }

  private static long declaredLength(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException expected) {
      return Long.MAX_VALUE;
    }
  }

  private static void refuse(RoutingContext context) {
    context
        .response()
        .setStatusCode(ProblemKind.TOO_LARGE.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(Buffer.buffer(ContractJson.write(StatusProblem.of(ProblemKind.TOO_LARGE.status()))));
  }
}

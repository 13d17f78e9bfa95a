package io.rostrum.catalog.problem;

import io.rostrum.contracts.json.ContractJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What the HTTP server refuses before any resource sees it, e.g. a body over the limit. */
@ApplicationScoped
class RouterProblems {
  void register(@Observes Router router) {
    for (int status : new int[] {400, 404, 405, 413, 415}) {
      router.errorHandler(status, context -> answer(context, status));
    }
  }

  private static void answer(RoutingContext context, int status) {
    if (!context.response().ended()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", Problem.MEDIA_TYPE)
          .end(Buffer.buffer(ContractJson.write(StatusProblem.of(status))));
    }
  }
}

package io.rostrum.localstack.edge;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One request on its way through: both bodies are streamed at the pace of the slower side. There is
 * no time-out, because a player's request for the next part is answered when the part is there. All
 * on one event loop.
 */
final class Exchange {

  private static final Logger LOG = Logger.getLogger(Exchange.class.getName());
  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpServerRequest request;
  private final HttpClientRequest outbound;
  private final Route route;
  private boolean over;

  Exchange(HttpServerRequest request, HttpClientRequest outbound, Route route) {
    this.request = request;
    this.outbound = outbound;
    this.route = route;
  }

  /**
   * @param again what to do instead of reporting that the service hung up without an answer; null
   *     if nothing
   */
  void run(boolean body, Runnable again) {
    HopByHop.copyOthers(request.headers(), outbound.headers());
    outbound.headers().remove("Host").remove("Expect");
    if (request.authority() != null) {
      outbound.authority(request.authority());
    }
    ForwardedHeaders.add(outbound.headers(), request);
    // A viewer who leaves must not keep a request waiting in the service.
    request.response().closeHandler(closed -> abandon());
    request.response().exceptionHandler(failure -> abandon());
    if (body && !outbound.headers().contains("Content-Length")) {
      outbound.setChunked(true);
    }
    if (!body) {
      request.resume();
    }
    (body ? outbound.send(request) : outbound.send())
        .onSuccess(this::respond)
        .onFailure(
            failure -> {
              if (again != null && !over) {
                over = true;
                again.run();
              } else if (!over) {
                over = true;
                unavailable(request, route, failure);
              }
            });
  }

  private void respond(HttpClientResponse inbound) {
    HttpServerResponse response = request.response();
    if (over || response.closed()) {
      return;
    }
    response.setStatusCode(inbound.statusCode()).setStatusMessage(inbound.statusMessage());
    HopByHop.copyOthers(inbound.headers(), response.headers());
    int status = inbound.statusCode();
    boolean empty = request.method() == HttpMethod.HEAD || status == 204 || status == 304;
    if (!empty && !response.headers().contains("Content-Length")) {
      response.setChunked(true);
    }
    inbound
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onComplete(
            done -> {
              over = true;
              if (done.failed()) {
                // Half of a segment must not look like a whole one.
                response.reset();
              }
            });
  }

  private void abandon() {
    if (!over) {
      over = true;
      outbound.reset();
    }
  }

  static void unavailable(HttpServerRequest request, Route route, Throwable failure) {
    LOG.log(
        Level.FINE,
        failure,
        () -> "Service does not answer backend=" + route.backend() + " error=" + failure);
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      response.reset();
      return;
    }
    request.resume();
    response
        .setStatusCode(503)
        .putHeader("Content-Type", Problem.CONTENT_TYPE)
        .putHeader("Retry-After", RETRY_AFTER_SECONDS)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Access-Control-Allow-Origin", "*")
        .end(Problem.unavailable(route.backend()));
  }
}

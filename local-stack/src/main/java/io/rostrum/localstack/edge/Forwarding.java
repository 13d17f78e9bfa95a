package io.rostrum.localstack.edge;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Set;

/** Begins the way of a request to its service; {@link Exchange} is the rest of it. */
final class Forwarding {

  private static final Set<HttpMethod> USUALLY_WITHOUT_BODY =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

  private final HttpClient client;

  Forwarding(HttpClient client) {
    this.client = client;
  }

  void handle(HttpServerRequest request, Route route) {
    // Nothing of the body is read before there is somebody to pass it to.
    request.pause();
    attempt(request, route, mayRepeat(request));
  }

  /**
   * @param again whether to try once more if the service closes the connection without an answer:
   *     it was idle, or the service is just being replaced
   */
  private void attempt(HttpServerRequest request, Route route, boolean again) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(route.address().getHost())
            .setPort(route.address().getPort())
            .setURI(request.uri())
            .setFollowRedirects(false);
    client
        .request(options)
        .onSuccess(
            outbound -> {
              Exchange exchange = new Exchange(request, outbound, route);
              exchange.run(hasBody(request), again ? () -> attempt(request, route, false) : null);
            })
        .onFailure(failure -> Exchange.unavailable(request, route, failure));
  }

  private static boolean mayRepeat(HttpServerRequest request) {
    return (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
        && !hasBody(request);
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains("Content-Length")
        || request.headers().contains("Transfer-Encoding")
        || !USUALLY_WITHOUT_BODY.contains(request.method());
  }
}

package io.rostrum.localstack.edge;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;

/**
 * The two listeners and what both do with a request. One instance per event loop; each has
 * connections of its own to the services.
 */
final class Edge extends AbstractVerticle {

  private static final String HEALTH = "/edge/health";
  private static final int CONNECT_TIMEOUT_MS = 1_000;

  /** A viewer that waits for the next part holds a connection to playback all the time. */
  private static final int CONNECTIONS_PER_SERVICE = 8_192;

  /**
   * Shorter than the services' own, so that the edge never sends into a connection that is being
   * closed.
   */
  private static final int KEEP_ALIVE_SECONDS = 20;

  private static final int MAX_STREAMS_PER_CONNECTION = 1_024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Playback tokens stand in paths. */
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;

  private final EdgeConfig config;
  private Forwarding forwarding;

  Edge(EdgeConfig config) {
    this.config = config;
  }

  @Override
  public void start(Promise<Void> started) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setMaxPoolSize(CONNECTIONS_PER_SERVICE)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false));
    forwarding = new Forwarding(client);
    Future.all(listen(clearText(), config.port()), listen(tls(), config.tlsPort()))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private Future<?> listen(HttpServerOptions options, int port) {
    return vertx.createHttpServer(options).requestHandler(this::handle).listen(port, config.host());
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    if (path == null || Route.isInternal(path)) {
      request
          .response()
          .setStatusCode(404)
          .putHeader("Content-Type", Problem.CONTENT_TYPE)
          .end(Problem.notFound(String.valueOf(path)));
    } else if (path.equals(HEALTH)) {
      request.response().putHeader("Content-Type", "application/json").end("{\"status\":\"UP\"}");
    } else {
      forwarding.handle(request, Route.of(config, path));
    }
  }

  private static HttpServerOptions clearText() {
    return new HttpServerOptions()
        .setTcpNoDelay(true)
        .setHandle100ContinueAutomatically(true)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
        .setHttp2ClearTextEnabled(false);
  }

  private HttpServerOptions tls() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setHandle100ContinueAutomatically(true)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PfxOptions()
                    .setPath(config.keyStore().toString())
                    .setPassword(config.keyStorePassword()));
    options.getInitialSettings().setMaxConcurrentStreams(MAX_STREAMS_PER_CONNECTION);
    return options;
  }
}

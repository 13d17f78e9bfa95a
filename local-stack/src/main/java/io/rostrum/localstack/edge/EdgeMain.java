package io.rostrum.localstack.edge;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The edge's process. Ends with status 1 if it cannot listen. */
public final class EdgeMain {

  private static final Logger LOG = Logger.getLogger(EdgeMain.class.getName());
  private static final int EVENT_LOOPS = 2;

  private EdgeMain() {}

  public static void main(String[] arguments) {
    EdgeConfig config = EdgeConfig.of(System.getenv());
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    vertx
        .deployVerticle(() -> new Edge(config), new DeploymentOptions().setInstances(EVENT_LOOPS))
        .onSuccess(
            deployed ->
                LOG.info(
                    () ->
                        "Edge is ready host="
                            + config.host()
                            + " port="
                            + config.port()
                            + " tlsPort="
                            + config.tlsPort()))
        .onFailure(
            failure -> {
              LOG.log(Level.SEVERE, "Edge cannot listen", failure);
              System.exit(1);
            });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> vertx.close().toCompletionStage().toCompletableFuture().join()));
  }
}

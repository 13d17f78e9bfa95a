package io.rostrum.playback.http;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Requests that wait for something that no broadcast's view tells: that this node has read its
 * topics, or that there is a view at all. Looked after every 50 ms; no thread waits.
 */
@ApplicationScoped
public class WaitingRequests {
  private static final long SWEEP_MS = 50;

  private record Waiting(
      RoutingContext ctx,
      Context loop,
      BooleanSupplier condition,
      Consumer<Boolean> then,
      long deadlineNanos) {
    boolean gone() {
      return ctx.response().closed();
    }
  }

  private final Queue<Waiting> all = new ConcurrentLinkedQueue<>();

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(SWEEP_MS, timer -> sweep(System.nanoTime()));
  }

  /**
   * @param condition what is waited for; cheap, called from any event loop
   * @param then goes on with the request, on its event loop, with whether the condition is met; not
   *     called where the client has gone
   */
  void hold(RoutingContext ctx, Duration limit, BooleanSupplier condition, Consumer<Boolean> then) {
    long deadline = System.nanoTime() + limit.toNanos();
    all.add(new Waiting(ctx, Exchange.loopOf(ctx), condition, then, deadline));
  }

  private void sweep(long nowNanos) {
    for (Waiting waiting : all) {
      boolean met = waiting.condition().getAsBoolean();
      boolean over = met || waiting.gone() || nowNanos - waiting.deadlineNanos() >= 0;
      if (over && all.remove(waiting)) {
        waiting.loop().runOnContext(run -> finish(waiting, met));
      }
    }
  }

  private static void finish(Waiting waiting, boolean met) {
    if (!waiting.gone()) {
      waiting.then().accept(met);
    }
  }
}

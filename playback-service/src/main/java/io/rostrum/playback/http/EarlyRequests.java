package io.rostrum.playback.http;

import io.quarkus.runtime.StartupEvent;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.intake.Intake;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Requests that reach a node before it has read its topics. An answer now would lack what viewers
 * have seen already, and a refusal would cost each of them a retry: they wait for the short rest of
 * the start. No thread waits.
 */
@ApplicationScoped
public class EarlyRequests {
  private static final long SWEEP_MS = 50;

  private record Early(RoutingContext ctx, Context loop, Runnable then, long deadlineNanos) {
    boolean gone() {
      return ctx.response().closed();
    }
  }

  private final Intake intake;
  private final long limitNanos;
  private final Queue<Early> waiting = new ConcurrentLinkedQueue<>();

  /**
   * @param intake reads the topics
   * @param broadcasts has the form of playlists: nothing is held for longer than it says
   */
  public EarlyRequests(Intake intake, Broadcasts broadcasts) {
    this.intake = intake;
    this.limitNanos = broadcasts.form().holdLimit().toNanos();
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(
        SWEEP_MS,
        timer -> {
          sweep(System.nanoTime());
          if (intake.ready() && waiting.isEmpty()) {
            vertx.cancelTimer(timer);
          }
        });
  }

  /**
   * Goes on with a request at once where the node is ready, else when it is; 503 if that takes too
   * long.
   *
   * @param then runs on the request's event loop
   */
  void admit(RoutingContext ctx, Runnable then) {
    if (intake.ready()) {
      then.run();
      return;
    }
    waiting.add(new Early(ctx, Exchange.loopOf(ctx), then, System.nanoTime() + limitNanos));
    if (intake.ready()) {
      // It became so in between, and the timer may be gone.
      sweep(System.nanoTime());
    }
  }

  private void sweep(long nowNanos) {
    boolean ready = intake.ready();
    for (Early early : waiting) {
      boolean over = ready || early.gone() || nowNanos - early.deadlineNanos() >= 0;
      if (over && waiting.remove(early)) {
        early.loop().runOnContext(run -> finish(early, ready));
      }
    }
  }

  private static void finish(Early early, boolean ready) {
    if (early.gone()) {
      return;
    }
    if (ready) {
      early.then().run();
    } else {
      Problem.unavailable("This node is starting. Ask again in a second.", 1).send(early.ctx());
    }
  }
}

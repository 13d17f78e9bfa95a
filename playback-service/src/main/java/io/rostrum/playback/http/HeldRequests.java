package io.rostrum.playback.http;

import io.quarkus.runtime.StartupEvent;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.BroadcastView;
import io.rostrum.playback.broadcast.Hold;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Holds requests: no thread waits, and a client that goes away frees its hold at once. */
@ApplicationScoped
public class HeldRequests {
  private static final long SWEEP_MS = 250;

  private final Set<Broadcast> waitedFor = ConcurrentHashMap.newKeySet();

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(SWEEP_MS, timer -> sweep());
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Broadcast broadcast : waitedFor) {
      broadcast.expireHolds(now);
      if (broadcast.heldRequests() == 0) {
        waitedFor.remove(broadcast);
      }
    }
  }

  /**
   * @param rendition whose segments and parts the condition looks at
   * @param then answers, on the request's event loop
   */
  void hold(
      Exchange exchange,
      String rendition,
      Duration limit,
      Predicate<BroadcastView> condition,
      Consumer<Hold.Outcome> then) {
    Broadcast broadcast = exchange.broadcast();
    Hold hold =
        new Hold(
            rendition,
            condition,
            exchange.loop(),
            outcome -> {
              if (!exchange.gone()) {
                then.accept(outcome);
              }
            },
            System.nanoTime() + limit.toNanos());
    exchange.ctx().addEndHandler(end -> broadcast.cancel(hold));
    broadcast.hold(hold);
    waitedFor.add(broadcast);
  }
}

package io.rostrum.playback.http;

import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.intake.Intake;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Requests that reach a node before it has read its topics. An answer now would lack what viewers
 * have seen already, and a refusal would cost each of them a retry: they wait for the short rest of
 * the start.
 */
@ApplicationScoped
public class EarlyRequests {
  private final Intake intake;
  private final WaitingRequests waiting;
  private final Duration limit;

  /**
   * @param intake reads the topics
   * @param broadcasts has the form of playlists: nothing is held for longer than it says
   */
  public EarlyRequests(Intake intake, WaitingRequests waiting, Broadcasts broadcasts) {
    this.intake = intake;
    this.waiting = waiting;
    this.limit = broadcasts.form().holdLimit();
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
    } else {
      waiting.hold(ctx, limit, intake::ready, ready -> goOn(ctx, ready, then));
    }
  }

  private static void goOn(RoutingContext ctx, boolean ready, Runnable then) {
    if (ready) {
      then.run();
    } else {
      Problem.unavailable("This node is starting. Ask again in a second.", 1).send(ctx);
    }
  }
}

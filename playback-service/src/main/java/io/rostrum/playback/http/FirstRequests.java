package io.rostrum.playback.http;

import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.Broadcasts;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Requests for a broadcast that has not begun, of clients that would rather wait for it than ask
 * again and again: the watch page does. Whoever does not say so hears at once that there is nothing
 * yet.
 */
@ApplicationScoped
public class FirstRequests {
  private static final String HELD = FirstRequests.class.getName();

  private final Broadcasts broadcasts;
  private final WaitingRequests waiting;

  /** Made by the container. */
  public FirstRequests(Broadcasts broadcasts, WaitingRequests waiting) {
    this.broadcasts = broadcasts;
    this.waiting = waiting;
  }

  /**
   * Holds a request until its broadcast begins, once, for as long as its client wishes and at most
   * as long as any request is held.
   *
   * @param then goes on with it from where it is checked who asks: that may have changed meanwhile
   * @return whether it is held; false where the client does not wish it, or has waited already
   */
  boolean hold(RoutingContext ctx, String broadcast, Runnable then) {
    Duration wished = Patience.in(ctx.request().headers().getAll("Prefer"));
    if (wished.isZero() || ctx.get(HELD) != null) {
      return false;
    }
    Duration most = broadcasts.form().holdLimit();
    Duration limit = wished.compareTo(most) < 0 ? wished : most;
    ctx.put(HELD, true);
    ctx.response().putHeader("Preference-Applied", "wait=" + limit.toSeconds());
    waiting.hold(ctx, limit, () -> isWorthAsking(broadcast), begun -> then.run());
    return true;
  }

  private boolean isWorthAsking(String id) {
    Broadcast here = broadcasts.here(id);
    boolean deleted = broadcasts.intent(id) == null;
    return deleted || here != null && (here.view().started() || here.view().ended());
  }
}

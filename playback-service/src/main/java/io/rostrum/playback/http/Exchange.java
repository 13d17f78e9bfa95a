package io.rostrum.playback.http;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.playback.broadcast.Broadcast;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * A request that was let in.
 *
 * @param ctx the request
 * @param loop the event loop it belongs to, shared by all its requests
 * @param intent of the broadcast
 * @param broadcast what it is about
 * @param slowClients watches what is sent
 */
record Exchange(
    RoutingContext ctx,
    Context loop,
    BroadcastIntent intent,
    Broadcast broadcast,
    SlowClients slowClients) {
  /** The event loop of the request in hand. */
  static Context loopOf(RoutingContext ctx) {
    // Each request has a context of its own; work for many of them goes to their loop at once.
    return ((ContextInternal) ctx.vertx().getOrCreateContext()).unwrap();
  }

  boolean openToAll() {
    return intent.audience().isPublic();
  }

  boolean head() {
    return ctx.request().method().equals(HttpMethod.HEAD);
  }

  /**
   * The body is on its way.
   *
   * @param sent done when all of it has left, or the client is gone
   */
  void sending(Future<Void> sent) {
    slowClients.watch(ctx, sent);
  }

  /** Whether the client went away. */
  boolean gone() {
    return ctx.response().closed() || ctx.response().ended();
  }
}

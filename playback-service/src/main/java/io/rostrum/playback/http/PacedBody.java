package io.rostrum.playback.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Sends bytes that many clients share at the pace of one of them. The socket takes copies, piece by
 * piece: a client that does not read has some pieces waiting for it, not a whole body. Belongs to
 * the request's event loop.
 */
final class PacedBody {
  /** As much as a socket's queue holds before it says that it is full. */
  private static final int PIECE_BYTES = 1 << 16;

  private final HttpServerResponse response;
  private final Buffer body;
  private final Promise<Void> sent = Promise.promise();
  private int at;

  private PacedBody(HttpServerResponse response, Buffer body) {
    this.response = response;
    this.body = body;
  }

  /**
   * Ends the response with a body whose length is in its head already.
   *
   * @return done when all of it has left, or the client is gone
   */
  static Future<Void> send(RoutingContext ctx, Buffer body) {
    if (body.length() <= PIECE_BYTES) {
      return ctx.response().end(body);
    }
    PacedBody paced = new PacedBody(ctx.response(), body);
    ctx.addEndHandler(
        end -> {
          if (end.failed()) {
            paced.sent.tryFail(end.cause());
          }
        });
    paced.next();
    return paced.sent.future();
  }

  private void next() {
    while (!response.writeQueueFull()) {
      int end = Math.min(body.length(), at + PIECE_BYTES);
      Buffer piece = body.slice(at, end);
      at = end;
      if (end == body.length()) {
        response.drainHandler(null);
        response.end(piece).onSuccess(sent::tryComplete).onFailure(sent::tryFail);
        return;
      }
      response.write(piece);
    }
    response.drainHandler(drained -> next());
  }
}

package io.rostrum.playback.http;

import io.netty.buffer.Unpooled;
import io.rostrum.hls.RenderedPlaylist;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Sends rendered playlists. */
final class PlaylistSender {
  /** A6.7 of the checklist; RFC 8216bis §4. */
  private static final String CONTENT_TYPE = "application/vnd.apple.mpegurl";

  /** RFC 9218 §5, RFC 8216bis B.1: playlists before media. */
  private static final String PRIORITY = "u=1";

  private PlaylistSender() {}

  /**
   * @param cacheDirectives without scope
   */
  static void send(Exchange exchange, RenderedPlaylist playlist, String cacheDirectives) {
    send(exchange, playlist, CONTENT_TYPE, PRIORITY, cacheDirectives);
  }

  /** Any text that is rendered once per state. */
  static void send(
      Exchange exchange,
      RenderedPlaylist playlist,
      String contentType,
      String priority,
      String cacheDirectives) {
    HttpServerRequest request = exchange.ctx().request();
    HttpServerResponse response = exchange.ctx().response();
    boolean gzip = Caching.acceptsGzip(request.getHeader("Accept-Encoding"));
    String etag = "\"" + playlist.contentTag() + (gzip ? "-gz\"" : "\"");
    response
        .putHeader("Cache-Control", Caching.scope(exchange.openToAll(), cacheDirectives))
        .putHeader("ETag", etag)
        .putHeader("Priority", priority);
    response.headers().add("Vary", "Accept-Encoding");
    if (Caching.notModified(request, etag)) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", contentType);
    List<byte[]> pieces;
    if (gzip) {
      response.putHeader("Content-Encoding", "gzip");
      pieces = playlist.gzip();
    } else {
      pieces = playlist.plain();
    }
    long length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    response.putHeader("Content-Length", Long.toString(length));
    if (exchange.head()) {
      response.end();
    } else {
      // The pieces are shared by all who are sent this state.
      byte[][] shared = pieces.toArray(new byte[0][]);
      exchange.sending(
          PacedBody.send(
              exchange.ctx(), Buffer.buffer(Unpooled.wrappedBuffer(shared.length, shared))));
    }
  }
}

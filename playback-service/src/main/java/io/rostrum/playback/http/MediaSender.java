package io.rostrum.playback.http;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.playback.segment.MediaBytes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends segments, parts and init segments, whole or in ranges. */
final class MediaSender {
  /**
   * RFC 9218 §5. RFC 8216bis B.1: a higher bit rate is never more urgent than a lower one; sound is
   * missed sooner than pictures.
   */
  private static final String AUDIO = "u=2";

  private static final String VIDEO = "u=3";

  private MediaSender() {}

  /**
   * @param name of the resource in its broadcast, which will never name anything else
   * @param fileGone called instead of sending where the file was evicted in between
   */
  static void send(
      Exchange exchange, MediaBytes bytes, Rendition rendition, String name, Runnable fileGone) {
    HttpServerRequest request = exchange.ctx().request();
    HttpServerResponse response = exchange.ctx().response();
    String etag = "\"" + name + "\"";
    response
        .putHeader("Cache-Control", Caching.scope(exchange.openToAll(), Caching.IMMUTABLE))
        .putHeader("ETag", etag)
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("Priority", rendition.kind() == Rendition.Kind.AUDIO ? AUDIO : VIDEO);
    if (Caching.notModified(request, etag)) {
      response.setStatusCode(304).end();
      return;
    }
    ByteRange.Parsed range = ByteRange.parse(rangeHeader(request, etag), bytes.length());
    if (range.kind() == ByteRange.Kind.UNSATISFIABLE) {
      response.putHeader("Content-Range", "bytes */" + bytes.length());
      new Problem(416, "Range outside", "It has " + bytes.length() + " bytes.", "no-store", 0)
          .send(exchange.ctx());
      return;
    }
    MediaBytes wanted = bytes;
    if (range.kind() == ByteRange.Kind.PARTIAL) {
      long first = range.range().offset();
      long count = range.range().length();
      wanted = bytes.slice(first, count);
      response
          .setStatusCode(206)
          .putHeader(
              "Content-Range", "bytes " + first + "-" + (first + count - 1) + "/" + bytes.length());
    }
    boolean audio = rendition.kind() == Rendition.Kind.AUDIO;
    response
        .putHeader("Content-Type", audio ? "audio/mp4" : "video/mp4")
        .putHeader("Content-Length", Long.toString(wanted.length()));
    if (exchange.head()) {
      response.end();
    } else {
      exchange.sending(body(exchange, wanted, fileGone));
    }
  }

  private static Future<Void> body(Exchange exchange, MediaBytes bytes, Runnable fileGone) {
    HttpServerResponse response = exchange.ctx().response();
    if (bytes instanceof MediaBytes.InFile file) {
      // From the page cache to the socket by the kernel, at the pace of the client.
      return response
          .sendFile(file.file().toString(), file.offset(), file.length())
          .onFailure(
              failure -> {
                if (!response.headWritten() && !response.closed()) {
                  fileGone.run();
                }
              });
    }
    return PacedBody.send(exchange.ctx(), ((MediaBytes.OnHeap) bytes).joined());
  }

  /** RFC 9110 §13.1.5: with If-Range the range counts only for the same representation. */
  private static String rangeHeader(HttpServerRequest request, String etag) {
    String condition = request.getHeader("If-Range");
    return condition == null || condition.equals(etag) ? request.getHeader("Range") : null;
  }
}

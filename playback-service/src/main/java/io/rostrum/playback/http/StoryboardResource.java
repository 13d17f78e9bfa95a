package io.rostrum.playback.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rostrum.hls.RenderedPlaylist;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.BroadcastView;
import io.rostrum.playback.broadcast.ClosedSegment;
import io.rostrum.playback.broadcast.Recording;
import io.rostrum.playback.clip.ClipRange;
import io.rostrum.playback.storage.StorageException;
import io.rostrum.playback.storyboard.StoryboardImages;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Answers requests for thumbnails, for the cues that name them, and for the poster. */
@ApplicationScoped
public class StoryboardResource {
  private static final Logger LOG = Logger.getLogger(StoryboardResource.class);
  private static final String VTT = "text/vtt; charset=utf-8";

  /** A new thumbnail comes every 5 s. */
  private static final String LIVE = "max-age=2";

  /** As long as a finished playlist: only a repair changes it. */
  private static final String ENDED = "max-age=60";

  private static final String TO_BROADCAST = "../../";

  /** RFC 9218 §5: behind everything that plays. */
  private static final String PRIORITY = "u=5";

  private static final int RETRY_SECONDS = 5;
  private static final long MAX_RANGE_BYTES = 16L * 1024 * 1024;

  private final StoryboardImages images;
  private final Cache<Key, RenderedPlaylist> ranges =
      Caffeine.newBuilder()
          .maximumWeight(MAX_RANGE_BYTES)
          .weigher((Key key, RenderedPlaylist text) -> 256 + text.length())
          .build();

  private record Key(String broadcast, ClipRange range, String prefix, long count, int version) {}

  /**
   * @param images has the pictures
   */
  public StoryboardResource(StoryboardImages images) {
    this.images = images;
  }

  /** {@code storyboard.vtt}, maybe with the range of a start-over or a clip. */
  void cues(Exchange exchange) {
    Broadcast broadcast = exchange.broadcast();
    BroadcastView view = broadcast.view();
    MultiMap query = exchange.ctx().queryParams();
    if (!view.started()) {
      Problem.empty(view.ended()).send(exchange.ctx());
    } else if (query.contains("start") || query.contains("end")) {
      try {
        ClipRange range =
            ClipRange.resolve(
                broadcast.recording(), query.get("start"), query.get("end"), view.ended());
        range(exchange, range, "");
      } catch (IllegalArgumentException e) {
        Problem.badRequest(e.getMessage()).send(exchange.ctx());
      }
    } else {
      String cache = isFinal(broadcast) ? ENDED : LIVE;
      PlaylistSender.send(exchange, broadcast.storyboard().whole(), VTT, PRIORITY, cache);
    }
  }

  /** {@code c/…/storyboard.vtt}. */
  void clipCues(Exchange exchange, ClipRange range) {
    long lastMsn = exchange.broadcast().recording().count() - 1L;
    if (range.firstMsn() > lastMsn || range.lastMsn() > lastMsn) {
      Problem.notFound("This range is not recorded.").send(exchange.ctx());
    } else {
      range(exchange, range, TO_BROADCAST);
    }
  }

  private void range(Exchange exchange, ClipRange range, String prefix) {
    Broadcast broadcast = exchange.broadcast();
    Recording recording = broadcast.recording();
    boolean vod = range.lastMsn() >= 0;
    long count = vod ? range.lastMsn() + 1 : recording.count();
    boolean finished = isFinal(broadcast);
    Key key = new Key(broadcast.id(), range, prefix, count, broadcast.storyboard().version());
    RenderedPlaylist text =
        ranges.get(
            key,
            k -> {
              ClosedSegment last = recording.get(k.count() - 1);
              return broadcast
                  .storyboard()
                  .range(
                      prefix,
                      recording.get(range.firstMsn()).startTicks(),
                      last.startTicks() + last.durationTicks());
            });
    String ended = vod && !prefix.isEmpty() ? Caching.IMMUTABLE : ENDED;
    PlaylistSender.send(exchange, text, VTT, PRIORITY, finished ? ended : LIVE);
  }

  /** The last thumbnail comes when the last segment is stored, which is behind the end. */
  private static boolean isFinal(Broadcast broadcast) {
    return broadcast.view().ended() && broadcast.settled();
  }

  void poster(Exchange exchange) {
    String name = exchange.broadcast().storyboard().poster();
    if (name == null) {
      Problem.notFound("There is no poster, or none yet: it comes with the first telling picture.")
          .send(exchange.ctx());
    } else {
      image(exchange, name);
    }
  }

  void image(Exchange exchange, String name) {
    images
        .load(exchange.broadcast().id(), name)
        .whenComplete(
            (jpeg, failure) ->
                exchange
                    .loop()
                    .runOnContext(
                        run -> {
                          if (exchange.gone()) {
                            return;
                          }
                          if (failure == null) {
                            send(exchange, name, jpeg);
                          } else {
                            failed(exchange, name, StorageException.in(failure));
                          }
                        }));
  }

  private static void send(Exchange exchange, String name, byte[] jpeg) {
    HttpServerResponse response = exchange.ctx().response();
    String etag = "\"" + name + "\"";
    response
        .putHeader("Cache-Control", Caching.scope(exchange.openToAll(), Caching.IMMUTABLE))
        .putHeader("ETag", etag)
        .putHeader("Priority", PRIORITY);
    if (Caching.notModified(exchange.ctx().request(), etag)) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader("Content-Type", "image/jpeg")
        .putHeader("Content-Length", Integer.toString(jpeg.length));
    if (exchange.head()) {
      response.end();
    } else {
      exchange.sending(PacedBody.send(exchange.ctx(), Buffer.buffer(jpeg)));
    }
  }

  private static void failed(Exchange exchange, String name, StorageException failure) {
    if (failure.kind() == StorageException.Kind.NOT_FOUND) {
      Problem.notFound("There is no such picture; storyboard.vtt names those there are.")
          .send(exchange.ctx());
      return;
    }
    LOG.warnf(
        "thumbnails cannot be read: broadcast=%s name=%s kind=%s error=%s",
        exchange.broadcast().id(), name, failure.kind(), failure.getMessage());
    Problem.unavailable(
            "The object store does not give the picture now. Ask again in some seconds.",
            RETRY_SECONDS)
        .send(exchange.ctx());
  }
}

package io.rostrum.playback.http;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.playback.access.AccessGate;
import io.rostrum.playback.access.Verdict;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.BroadcastView;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.storage.StorageException;
import io.vertx.core.Context;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Everything under {@code /hls/}: checks who asks, finds the broadcast, and hands over. Runs on
 * event loops and never blocks them.
 */
@ApplicationScoped
public class HlsRoutes {
  private static final Logger LOG = Logger.getLogger(HlsRoutes.class);
  private static final String COOKIE = "rostrum_playback";

  /** What players send beyond what needs no permission; CMCD is CTA-5004. */
  private static final String CORS_REQUEST_HEADERS =
      "Range, If-Range, If-None-Match, Cache-Control, Prefer, CMCD-Object, CMCD-Request,"
          + " CMCD-Session, CMCD-Status";

  private final EarlyRequests early;
  private final FirstRequests first;
  private final Broadcasts broadcasts;
  private final AccessGate gate;
  private final PlaylistResource playlists;
  private final MediaResource media;
  private final StoryboardResource storyboard;
  private final RequestMetrics metrics;
  private final Embedding embedding;
  private final SlowClients slowClients;

  /** Made by the container. */
  public HlsRoutes(
      EarlyRequests early,
      FirstRequests first,
      Broadcasts broadcasts,
      AccessGate gate,
      PlaylistResource playlists,
      MediaResource media,
      StoryboardResource storyboard,
      RequestMetrics metrics,
      Embedding embedding,
      SlowClients slowClients) {
    this.early = early;
    this.first = first;
    this.broadcasts = broadcasts;
    this.gate = gate;
    this.playlists = playlists;
    this.media = media;
    this.storyboard = storyboard;
    this.metrics = metrics;
    this.embedding = embedding;
    this.slowClients = slowClients;
  }

  void register(@Observes Router router) {
    // Before everything else: nothing that pages need is for these.
    router.route("/hls/*").order(-300).handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    embedding.allow(ctx.request().getHeader("Origin"), ctx.response().headers());
    ctx.response()
        .putHeader(
            "Access-Control-Expose-Headers",
            "Age, Content-Encoding, Content-Length, Content-Range, Date, ETag, Retry-After")
        .putHeader("Timing-Allow-Origin", "*")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    ctx.addEndHandler(end -> metrics.answered(ctx.response().getStatusCode()));
    HttpMethod method = ctx.request().method();
    if (method.equals(HttpMethod.OPTIONS)) {
      preflight(ctx);
      return;
    }
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      Problem.methodNotAllowed().send(ctx);
      return;
    }
    Optional<HlsPath> path = HlsPath.parse(ctx.request().path());
    if (path.isEmpty()) {
      Problem.notFound("There is nothing of that name; index.m3u8 is where to start.").send(ctx);
    } else {
      early.admit(ctx, () -> admit(ctx, path.get()));
    }
  }

  private static void preflight(RoutingContext ctx) {
    ctx.response()
        .setStatusCode(204)
        .putHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        .putHeader("Access-Control-Allow-Headers", CORS_REQUEST_HEADERS)
        .putHeader("Access-Control-Max-Age", "86400")
        .end();
  }

  private void admit(RoutingContext ctx, HlsPath path) {
    BroadcastIntent intent = broadcasts.intent(path.broadcast());
    if (intent == null) {
      Problem problem =
          broadcasts.deleted(path.broadcast())
              ? Problem.gone()
              : Problem.notFound("There is no such broadcast. Check the address.");
      problem.send(ctx);
      return;
    }
    Verdict verdict = gate.check(intent, token(ctx, path));
    if (verdict == Verdict.ADMITTED) {
      find(ctx, path, intent);
    } else {
      refuse(verdict).send(ctx);
    }
  }

  private static String token(RoutingContext ctx, HlsPath path) {
    if (path.token() != null) {
      return path.token();
    }
    Cookie cookie = ctx.request().getCookie(COOKIE);
    return cookie == null ? null : cookie.getValue();
  }

  private static Problem refuse(Verdict verdict) {
    return switch (verdict) {
      case OTHER_BROADCAST ->
          Problem.forbidden(
              "This playback token is for another broadcast. Get one for this broadcast from its"
                  + " watch page.");
      case NOT_IN_AUDIENCE ->
          Problem.forbidden(
              "You are not in the audience of this broadcast. Ask its producer to admit you.");
      case NO_TOKEN, ADMITTED -> Problem.unauthorized();
    };
  }

  private void find(RoutingContext ctx, HlsPath path, BroadcastIntent intent) {
    Context loop = Exchange.loopOf(ctx);
    if (path.revision() > 0) {
      revision(ctx, loop, path, intent);
      return;
    }
    if (path.target() instanceof HlsTarget.Index
        && broadcasts.newestRevision(path.broadcast()) > 0) {
      newest(ctx, loop, path, intent);
      return;
    }
    broadcast(ctx, loop, path, intent, path.target() instanceof HlsTarget.Index);
  }

  private void revision(RoutingContext ctx, Context loop, HlsPath path, BroadcastIntent intent) {
    broadcasts
        .revision(path.broadcast(), path.revision())
        .whenComplete(
            (found, failure) ->
                loop.runOnContext(
                    run -> {
                      if (failure != null) {
                        unreadable(ctx, path, StorageException.in(failure));
                      } else if (found.isEmpty()) {
                        Problem.notFound(
                                "The recording has no such revision; index.m3u8 names the newest.")
                            .send(ctx);
                      } else {
                        serve(
                            new Exchange(ctx, loop, intent, found.get(), slowClients),
                            path.target());
                      }
                    }));
  }

  /**
   * The newest revision; what was broadcast where that cannot be read now, since that is as good as
   * it was an hour ago.
   */
  private void newest(RoutingContext ctx, Context loop, HlsPath path, BroadcastIntent intent) {
    broadcasts
        .revision(path.broadcast(), broadcasts.newestRevision(path.broadcast()))
        .whenComplete(
            (found, failure) ->
                loop.runOnContext(
                    run -> {
                      if (failure == null && found.isPresent()) {
                        serve(
                            new Exchange(ctx, loop, intent, found.get(), slowClients),
                            path.target());
                      } else {
                        LOG.warnf(
                            "newest revision cannot be read, what was broadcast is shown: broadcast=%s"
                                + " error=%s",
                            path.broadcast(), failure == null ? "not there" : failure.getMessage());
                        broadcast(ctx, loop, path, intent, false);
                      }
                    }));
  }

  /**
   * What was broadcast.
   *
   * @param orNewest whether a newer revision is wanted, where the object store turns out to have
   *     one
   */
  private void broadcast(
      RoutingContext ctx, Context loop, HlsPath path, BroadcastIntent intent, boolean orNewest) {
    Broadcast here = broadcasts.here(path.broadcast());
    if (here != null) {
      serveBegun(ctx, loop, path, intent, here);
      return;
    }
    broadcasts
        .find(path.broadcast())
        .whenComplete(
            (found, failure) ->
                loop.runOnContext(
                    run -> {
                      if (failure != null) {
                        unreadable(ctx, path, StorageException.in(failure));
                      } else if (found.isEmpty()) {
                        notStarted(ctx, path);
                      } else if (orNewest && broadcasts.newestRevision(path.broadcast()) > 0) {
                        newest(ctx, loop, path, intent);
                      } else {
                        serveBegun(ctx, loop, path, intent, found.get());
                      }
                    }));
  }

  private void serveBegun(
      RoutingContext ctx, Context loop, HlsPath path, BroadcastIntent intent, Broadcast found) {
    BroadcastView view = found.view();
    if (path.target().isMultivariant() && !view.started() && !view.ended()) {
      notStarted(ctx, path);
    } else {
      serve(new Exchange(ctx, loop, intent, found, slowClients), path.target());
    }
  }

  private void notStarted(RoutingContext ctx, HlsPath path) {
    boolean held =
        path.target().isMultivariant() && first.hold(ctx, path.broadcast(), () -> admit(ctx, path));
    if (!held) {
      Problem.notStarted().send(ctx);
    }
  }

  private static void unreadable(RoutingContext ctx, HlsPath path, StorageException failure) {
    LOG.warnf(
        "timeline cannot be read: broadcast=%s kind=%s error=%s",
        path.broadcast(), failure.kind(), failure.getMessage());
    Problem.unavailable(
            "The recording's timeline cannot be read from the object store now. Ask again in some"
                + " seconds.",
            5)
        .send(ctx);
  }

  private void serve(Exchange exchange, HlsTarget target) {
    metrics.asked(target);
    if (target instanceof HlsTarget.Part part) {
      media.part(exchange, part);
    } else if (target instanceof HlsTarget.Segment segment) {
      media.segment(exchange, segment);
    } else if (target instanceof HlsTarget.Media list) {
      playlists.media(exchange, list);
    } else if (target instanceof HlsTarget.Init init) {
      media.init(exchange, init);
    } else if (target instanceof HlsTarget.Iframe picture) {
      media.iframe(exchange, picture);
    } else if (target instanceof HlsTarget.Iframes list) {
      playlists.iframes(exchange, list);
    } else if (target instanceof HlsTarget.Clip clip) {
      playlists.clip(exchange, clip);
    } else if (target instanceof HlsTarget.Thumbnails thumbnails) {
      storyboard.image(exchange, thumbnails.name());
    } else if (target instanceof HlsTarget.Storyboard) {
      storyboard.cues(exchange);
    } else if (target instanceof HlsTarget.ClipStoryboard clip) {
      storyboard.clipCues(exchange, clip.range());
    } else if (target instanceof HlsTarget.Poster) {
      storyboard.poster(exchange);
    } else {
      playlists.index(exchange, target instanceof HlsTarget.LiveIndex);
    }
  }
}

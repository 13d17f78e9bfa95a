package io.rostrum.playback.http;

import io.rostrum.hls.PlaylistState;
import io.rostrum.playback.broadcast.BlockingReload;
import io.rostrum.playback.broadcast.BroadcastView;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.broadcast.Hold;
import io.rostrum.playback.broadcast.MediaUris;
import io.rostrum.playback.broadcast.Multivariant;
import io.rostrum.playback.broadcast.PlaylistForm;
import io.rostrum.playback.broadcast.TrackView;
import io.rostrum.playback.clip.ClipPlaylists;
import io.rostrum.playback.clip.ClipRange;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers requests for playlists. */
@ApplicationScoped
public class PlaylistResource {
  private static final String SHORT = "max-age=1";

  /** What a new revision or another window changes, though nothing more comes. */
  private static final String ENDED = "max-age=60";

  private final HeldRequests held;
  private final ClipPlaylists clips;
  private final PlaylistForm form;
  private final String blocking;

  /**
   * @param held waits
   * @param clips renders ranges
   * @param broadcasts has the form of playlists
   */
  public PlaylistResource(HeldRequests held, ClipPlaylists clips, Broadcasts broadcasts) {
    this.held = held;
    this.clips = clips;
    this.form = broadcasts.form();
    // B.1: the answer to a blocking request is good for six target durations.
    this.blocking = "max-age=" + 6 * form.targetDurationSeconds();
  }

  void index(Exchange exchange, boolean sliding) {
    BroadcastView view = exchange.broadcast().view();
    MultiMap query = exchange.ctx().queryParams();
    if (!view.started()) {
      Problem.empty(view.ended()).send(exchange.ctx());
    } else if (!sliding && (query.contains("start") || query.contains("end"))) {
      range(exchange, view, query);
    } else {
      PlaylistSender.send(exchange, sliding ? view.live() : view.index(), ENDED);
    }
  }

  private void range(Exchange exchange, BroadcastView view, MultiMap query) {
    try {
      ClipRange range =
          ClipRange.resolve(
              exchange.broadcast().recording(), query.get("start"), query.get("end"), view.ended());
      String folder = MediaUris.folder(exchange.broadcast().revision()) + range.folder();
      PlaylistSender.send(
          exchange,
          Multivariant.of(view.offers(), rendition -> folder + rendition + ".m3u8", null),
          ENDED);
    } catch (IllegalArgumentException e) {
      Problem.badRequest(e.getMessage()).send(exchange.ctx());
    }
  }

  void clip(Exchange exchange, HlsTarget.Clip clip) {
    TrackView track = startedTrack(exchange, clip.rendition());
    if (track == null) {
      return;
    }
    ClipRange range = clip.range();
    if (range.firstMsn() > track.lastMsn() || range.lastMsn() > track.lastMsn()) {
      Problem.notFound("This range is not recorded.").send(exchange.ctx());
      return;
    }
    if (range.lastMsn() >= 0) {
      sendClip(exchange, clip, false, Caching.IMMUTABLE);
      return;
    }
    directives(exchange)
        .ifPresent(
            directives -> {
              // It lists no parts: a part that is asked for is one of the segment.
              ReloadDirectives segments =
                  new ReloadDirectives(directives.msn(), -1, directives.skip());
              when(
                  exchange,
                  clip.rendition(),
                  segments,
                  ended(false),
                  cache -> sendClip(exchange, clip, segments.skip(), cache));
            });
  }

  private void sendClip(
      Exchange exchange, HlsTarget.Clip clip, boolean delta, String cacheDirectives) {
    BroadcastView view = exchange.broadcast().view();
    TrackView track = view.track(clip.rendition());
    PlaylistSender.send(
        exchange,
        clips.render(exchange.broadcast(), view, track, clip.range(), delta),
        cacheDirectives);
  }

  void media(Exchange exchange, HlsTarget.Media target) {
    if (startedTrack(exchange, target.rendition()) == null) {
      return;
    }
    directives(exchange)
        .ifPresent(
            directives ->
                when(
                    exchange,
                    target.rendition(),
                    directives,
                    ended(target.sliding()),
                    cache -> {
                      TrackView track = exchange.broadcast().view().track(target.rendition());
                      PlaylistState state = target.sliding() ? track.live() : track.event();
                      PlaylistSender.send(
                          exchange, directives.skip() ? state.delta() : state.full(), cache);
                    }));
  }

  void iframes(Exchange exchange, HlsTarget.Iframes target) {
    TrackView started = startedTrack(exchange, target.rendition());
    if (started == null) {
      return;
    }
    if (started.iframes() == null) {
      Problem.notFound("A rendition without pictures has no I-frames.").send(exchange.ctx());
      return;
    }
    directives(exchange)
        .ifPresent(
            directives -> {
              Consumer<String> send =
                  cache -> {
                    TrackView track = exchange.broadcast().view().track(target.rendition());
                    PlaylistState state = pictures(track, target);
                    PlaylistSender.send(
                        exchange, directives.skip() ? state.delta() : state.full(), cache);
                  };
              if (directives.blocking()) {
                whenPictured(exchange, target, directives.msn(), send);
              } else {
                send.accept(exchange.broadcast().view().ended() ? ended(target.sliding()) : SHORT);
              }
            });
  }

  private static PlaylistState pictures(TrackView track, HlsTarget.Iframes target) {
    return target.sliding() ? track.liveIframes() : track.iframes();
  }

  /** A part that is asked for is one of the picture: such a playlist lists none (§4.4.4.9). */
  private void whenPictured(
      Exchange exchange, HlsTarget.Iframes target, long msn, Consumer<String> send) {
    Function<BroadcastView, BlockingReload.Answer> answer =
        view ->
            BlockingReload.decide(
                view.ended(), pictures(view.track(target.rendition()), target).nextMsn(), msn);
    if (answer.apply(exchange.broadcast().view()) == BlockingReload.Answer.TOO_FAR) {
      Problem.badRequest("That is too far ahead. Reload without directives.").send(exchange.ctx());
      return;
    }
    held.hold(
        exchange,
        target.rendition(),
        form.holdLimit(),
        view -> answer.apply(view) == BlockingReload.Answer.NOW,
        outcome -> answer(exchange, outcome, ended(target.sliding()), send));
  }

  /** The rendition; null if a problem was sent instead. */
  private static TrackView startedTrack(Exchange exchange, String rendition) {
    BroadcastView view = exchange.broadcast().view();
    TrackView track = view.track(rendition);
    if (!view.started()) {
      Problem.empty(view.ended()).send(exchange.ctx());
      return null;
    }
    if (track == null) {
      Problem.notFound(
              "This broadcast has no rendition " + rendition + "; index.m3u8 lists those it has.")
          .send(exchange.ctx());
    }
    return track;
  }

  private Optional<ReloadDirectives> directives(Exchange exchange) {
    try {
      return Optional.of(
          ReloadDirectives.parse(
              exchange.ctx().queryParams(), exchange.broadcast().view().ended()));
    } catch (IllegalArgumentException e) {
      Problem.badRequest(e.getMessage()).send(exchange.ctx());
      return Optional.empty();
    }
  }

  /**
   * Sends now, or when the playlist has what was asked for.
   *
   * @param ended cache directives of the playlist once nothing more comes
   */
  private void when(
      Exchange exchange,
      String rendition,
      ReloadDirectives asked,
      String ended,
      Consumer<String> send) {
    BroadcastView view = exchange.broadcast().view();
    TrackView track = view.track(rendition);
    if (view.ended()) {
      send.accept(ended);
    } else if (!asked.blocking()) {
      plain(exchange, rendition, track, send);
    } else {
      PlaylistForm ofBroadcast = exchange.broadcast().form();
      BlockingReload.Answer answer =
          BlockingReload.decide(track, ofBroadcast, asked.msn(), asked.part());
      if (answer == BlockingReload.Answer.TOO_FAR) {
        Problem.badRequest(
                "That is too far ahead: the last complete segment is "
                    + track.lastMsn()
                    + ", and "
                    + track.openParts()
                    + " parts of the next one are there. Reload without directives.")
            .send(exchange.ctx());
      } else {
        held.hold(
            exchange,
            rendition,
            form.holdLimit(),
            now -> reached(now, ofBroadcast, rendition, asked),
            outcome -> answer(exchange, outcome, ended, send));
      }
    }
  }

  /** A finished timeline never changes, so what lists all of it does not. */
  private static String ended(boolean sliding) {
    return sliding ? ENDED : Caching.IMMUTABLE;
  }

  private static boolean reached(
      BroadcastView view, PlaylistForm form, String rendition, ReloadDirectives asked) {
    TrackView track = view.track(rendition);
    return track == null
        || BlockingReload.decide(track, form, asked.msn(), asked.part())
            == BlockingReload.Answer.NOW;
  }

  private void answer(
      Exchange exchange, Hold.Outcome outcome, String ended, Consumer<String> send) {
    if (outcome == Hold.Outcome.READY) {
      send.accept(exchange.broadcast().view().ended() ? ended : blocking);
    } else {
      // §6.2.5.2: held for three target durations.
      Problem.unavailable(
              "Nothing new came for " + form.holdLimit().toSeconds() + " s. Reload the playlist.",
              1)
          .send(exchange.ctx());
    }
  }

  /**
   * A playlist that has parts and no segment yet is legal, but hls.js calls it empty: who asks in
   * the first seconds waits for the first segment: at most one and a half target durations, within
   * the ten seconds that players wait for a first byte.
   */
  private void plain(Exchange exchange, String rendition, TrackView track, Consumer<String> send) {
    if (track.event().hasSegments()) {
      send.accept(SHORT);
    } else {
      held.hold(
          exchange,
          rendition,
          Duration.ofMillis(1500L * form.targetDurationSeconds()),
          view -> view.ended() || view.lastMsn() >= 0,
          outcome -> send.accept(SHORT));
    }
  }
}

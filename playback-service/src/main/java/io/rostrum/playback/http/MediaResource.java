package io.rostrum.playback.http;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.broadcast.Hold;
import io.rostrum.playback.broadcast.Located;
import io.rostrum.playback.broadcast.PlaylistForm;
import io.rostrum.playback.broadcast.TrackView;
import io.rostrum.playback.segment.IframeCutter;
import io.rostrum.playback.segment.MediaBytes;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.storage.StorageException;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Answers requests for init segments, segments and parts. */
@ApplicationScoped
public class MediaResource {
  private static final Logger LOG = Logger.getLogger(MediaResource.class);
  private static final int RETRY_SECONDS = 5;

  private final HeldRequests held;
  private final MediaStore media;
  private final PlaylistForm form;

  /**
   * One resource: what it is called, and where it is now.
   *
   * @param name as in its ETag
   * @param locate looked up again after each wait
   * @param picture whether only its first I-frame is wanted
   */
  private record Wanted(
      Rendition rendition, String name, Supplier<Located> locate, boolean picture) {}

  /**
   * @param held waits
   * @param media has the bytes
   * @param broadcasts has the form of playlists
   */
  public MediaResource(HeldRequests held, MediaStore media, Broadcasts broadcasts) {
    this.held = held;
    this.media = media;
    this.form = broadcasts.form();
  }

  void init(Exchange exchange, HlsTarget.Init target) {
    Rendition rendition = rendition(exchange, target.rendition());
    byte[] bytes = rendition == null ? null : exchange.broadcast().init(target.hash());
    if (bytes == null) {
      Problem.notFound("There is no such init segment; playlists name those there are.")
          .send(exchange.ctx());
    } else {
      MediaSender.send(
          exchange,
          new MediaBytes.OnHeap(Buffer.buffer(bytes)),
          rendition,
          target.hash(),
          () -> {});
    }
  }

  void segment(Exchange exchange, HlsTarget.Segment target) {
    serve(
        exchange,
        new Wanted(
            rendition(exchange, target.rendition()),
            target.rendition() + "-" + target.msn(),
            () -> exchange.broadcast().segment(target.rendition(), target.msn()),
            false),
        1);
  }

  void part(Exchange exchange, HlsTarget.Part target) {
    part(exchange, target, false);
  }

  /** The picture that starts a part, of a playlist of I-frames. */
  void iframe(Exchange exchange, HlsTarget.Iframe target) {
    Rendition rendition = rendition(exchange, target.rendition());
    if (rendition != null && rendition.kind() == Rendition.Kind.AUDIO) {
      Problem.notFound("A rendition without pictures has no I-frames.").send(exchange.ctx());
      return;
    }
    part(exchange, new HlsTarget.Part(target.rendition(), target.msn(), target.part()), true);
  }

  private void part(Exchange exchange, HlsTarget.Part target, boolean picture) {
    String name = target.rendition() + "-" + target.msn() + "." + target.part();
    serve(
        exchange,
        new Wanted(
            rendition(exchange, target.rendition()),
            picture ? name + "i" : name,
            () -> exchange.broadcast().part(target.rendition(), target.msn(), target.part()),
            picture),
        1);
  }

  private static Rendition rendition(Exchange exchange, String name) {
    TrackView track = exchange.broadcast().view().track(name);
    return track == null ? null : track.rendition();
  }

  /**
   * @param retries how often to look again where a file was evicted between lookup and sending
   */
  private void serve(Exchange exchange, Wanted wanted, int retries) {
    Located located = wanted.locate().get();
    if (located instanceof Located.Here here) {
      send(exchange, wanted, here.bytes(), retries);
    } else if (located instanceof Located.Stored stored) {
      load(exchange, wanted, stored, retries);
    } else if (located instanceof Located.Never never) {
      Problem.notFound(never.why() + ". Playlists name what there is.").send(exchange.ctx());
    } else {
      // §6.2.6: not a byte before the whole part can go.
      held.hold(
          exchange,
          wanted.rendition().name(),
          form.holdLimit(),
          view -> !(wanted.locate().get() instanceof Located.Later),
          outcome -> waited(exchange, wanted, outcome, retries));
    }
  }

  private void waited(Exchange exchange, Wanted wanted, Hold.Outcome outcome, int retries) {
    if (outcome == Hold.Outcome.READY) {
      serve(exchange, wanted, retries);
    } else {
      Problem.unavailable(
              "It did not come within "
                  + form.holdLimit().toSeconds()
                  + " s. Reload the playlist and go on from there.",
              1)
          .send(exchange.ctx());
    }
  }

  private void load(Exchange exchange, Wanted wanted, Located.Stored stored, int retries) {
    media
        .load(stored.ref(), stored.key(), stored.segmentBytes())
        .whenComplete(
            (bytes, failure) ->
                exchange
                    .loop()
                    .runOnContext(
                        run -> {
                          if (exchange.gone()) {
                            return;
                          }
                          if (failure == null) {
                            MediaBytes part = bytes.slice(stored.offset(), stored.length());
                            send(exchange, wanted, part, retries);
                          } else {
                            failed(exchange, stored, StorageException.in(failure));
                          }
                        }));
  }

  private void send(Exchange exchange, Wanted wanted, MediaBytes bytes, int retries) {
    if (wanted.picture()) {
      exchange
          .loop()
          .executeBlocking(() -> IframeCutter.cut(bytes.read()), false)
          .onComplete(
              cut -> exchange.loop().runOnContext(run -> sendPicture(exchange, wanted, cut)));
    } else {
      sendBytes(exchange, wanted, bytes, retries);
    }
  }

  private void sendPicture(Exchange exchange, Wanted wanted, AsyncResult<Optional<byte[]>> cut) {
    if (exchange.gone()) {
      return;
    }
    if (cut.failed()) {
      LOG.warnf(
          "no picture could be cut: broadcast=%s name=%s error=%s",
          exchange.broadcast().id(), wanted.name(), cut.cause());
      Problem.unavailable("The part cannot be read now. Ask again.", 1).send(exchange.ctx());
    } else if (cut.result().isEmpty()) {
      Problem.notFound("No picture of this part stands alone; the playlist names those that do.")
          .send(exchange.ctx());
    } else {
      MediaBytes picture = new MediaBytes.OnHeap(Buffer.buffer(cut.result().get()));
      sendBytes(exchange, wanted, picture, 0);
    }
  }

  private void sendBytes(Exchange exchange, Wanted wanted, MediaBytes bytes, int retries) {
    MediaSender.send(
        exchange,
        bytes,
        wanted.rendition(),
        wanted.name(),
        () -> {
          if (retries > 0) {
            exchange.ctx().response().headers().remove("Content-Length");
            serve(exchange, wanted, retries - 1);
          } else {
            exchange.ctx().response().headers().remove("Content-Length");
            Problem.unavailable("It left the cache while it was read. Ask again.", 1)
                .send(exchange.ctx());
          }
        });
  }

  private static void failed(Exchange exchange, Located.Stored stored, StorageException failure) {
    LOG.warnf(
        "segment cannot be read: broadcast=%s rendition=%s msn=%d kind=%s error=%s",
        stored.ref().broadcast(),
        stored.ref().rendition(),
        stored.ref().msn(),
        failure.kind(),
        failure.getMessage());
    Problem problem =
        switch (failure.kind()) {
          case NOT_FOUND ->
              Problem.notFound(
                  "The recording is incomplete: this segment is missing in the object store. An"
                      + " operator can restore it under the key in the timeline.");
          case CORRUPT ->
              new Problem(
                  502,
                  "Damaged recording",
                  "The object store has something else than the timeline says. An operator can"
                      + " restore the segment under the key in the timeline.",
                  "no-store",
                  0);
          case UNAVAILABLE ->
              Problem.unavailable(
                  "The object store does not answer. What is live goes on; ask for older parts"
                      + " again in some seconds.",
                  RETRY_SECONDS);
        };
    problem.send(exchange.ctx());
  }
}

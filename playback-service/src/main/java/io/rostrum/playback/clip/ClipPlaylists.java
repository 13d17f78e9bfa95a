package io.rostrum.playback.clip;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.hls.LiveEdge;
import io.rostrum.hls.MediaPlaylist;
import io.rostrum.hls.MediaPlaylistWriter;
import io.rostrum.hls.MediaSegment;
import io.rostrum.hls.PlaylistSettings;
import io.rostrum.hls.RenderedPlaylist;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.BroadcastView;
import io.rostrum.playback.broadcast.ClosedSegment;
import io.rostrum.playback.broadcast.MediaUris;
import io.rostrum.playback.broadcast.PlaylistForm;
import io.rostrum.playback.broadcast.TrackView;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Media playlists of ranges. Rendered once per state; the most recent ones are kept within a bound.
 *
 * <p>A range with an end is VOD. One without is an EVENT playlist from its first segment on; it has
 * no parts, since whoever starts over is not at the edge.
 */
@ApplicationScoped
public class ClipPlaylists {
  private static final String TO_BROADCAST = "../../";
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  private final Cache<Key, RenderedPlaylist> rendered =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Key key, RenderedPlaylist playlist) -> 256 + playlist.length())
          .build();

  /**
   * A state of a playlist.
   *
   * @param count one more than the last segment that it lists
   * @param ended whether it has ENDLIST
   */
  private record Key(
      String broadcast,
      int revision,
      String rendition,
      ClipRange range,
      long count,
      boolean ended,
      int skipped) {}

  /**
   * @param track the rendition, of {@code view}
   * @param delta whether a delta update is wanted
   */
  public RenderedPlaylist render(
      Broadcast broadcast, BroadcastView view, TrackView track, ClipRange range, boolean delta) {
    boolean vod = range.lastMsn() >= 0;
    long count = vod ? range.lastMsn() + 1 : view.lastMsn() + 1;
    boolean ended = vod || view.ended();
    PlaylistForm form = broadcast.form();
    PlaylistSettings settings = vod ? form.vod() : form.startOver();
    int skipped = delta && !ended ? skippable(broadcast, range.firstMsn(), count, settings) : 0;
    Key key =
        new Key(
            broadcast.id(),
            broadcast.revision(),
            track.rendition().name(),
            range,
            count,
            ended,
            skipped);
    return rendered.get(key, k -> write(broadcast, track, k, settings));
  }

  private static RenderedPlaylist write(
      Broadcast broadcast, TrackView track, Key key, PlaylistSettings settings) {
    long first = key.range().firstMsn();
    List<MediaSegment> segments = new ArrayList<>();
    for (long msn = first + key.skipped(); msn < key.count(); msn++) {
      segments.add(segment(broadcast.recording().get(msn), track));
    }
    ClosedSegment head = broadcast.recording().get(first);
    LiveEdge edge = key.ended() ? LiveEdge.ENDED : new LiveEdge(null, List.of(), List.of(), false);
    MediaPlaylist playlist =
        new MediaPlaylist(
            settings,
            first,
            head.discontinuitySequence() - (head.discontinuity() ? 1 : 0),
            key.skipped(),
            segments,
            edge);
    return RenderedPlaylist.of(
        MediaPlaylistWriter.write(playlist).getBytes(StandardCharsets.UTF_8));
  }

  private static MediaSegment segment(ClosedSegment segment, TrackView track) {
    String rendition = track.rendition().name();
    return new MediaSegment(
        MediaUris.segment(TO_BROADCAST, rendition, segment.msn()),
        segment.duration(track.index()),
        segment.discontinuity(),
        segment.pdt(),
        MediaUris.init(TO_BROADCAST, rendition, segment.init(track.index())),
        segment.gap(track.index()),
        List.of());
  }

  /** §4.4.3.8: segments that end further from the end than the skip boundary. */
  private static int skippable(
      Broadcast broadcast, long first, long count, PlaylistSettings settings) {
    long boundary = settings.serverControl().canSkipUntil().toSeconds() * Fact.CLOCK_HZ;
    long msn = count;
    for (long behind = 0; msn > first && behind < boundary; ) {
      msn--;
      behind += broadcast.recording().get(msn).durationTicks();
      if (behind >= boundary) {
        return (int) (msn - first);
      }
    }
    return 0;
  }
}

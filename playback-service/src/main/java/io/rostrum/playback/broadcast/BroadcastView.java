package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.RenderedPlaylist;
import java.util.List;
import java.util.Map;

/**
 * A broadcast at one moment: a function of how far its timeline and its media were read, the same
 * on every node. Immutable.
 *
 * @param ladder its renditions; empty before the first segment opened
 * @param started whether any rendition has something to play
 * @param ended whether nothing more comes
 * @param lastMsn the last closed segment; -1 before the first
 * @param open whether the segment after it has opened
 * @param index the multivariant playlist from the start; null before the first segment opened
 * @param live the multivariant playlist of the sliding window; null likewise
 * @param offers what the multivariant playlists say of the renditions
 * @param tracks by rendition name
 */
public record BroadcastView(
    List<Rendition> ladder,
    boolean started,
    boolean ended,
    long lastMsn,
    boolean open,
    RenderedPlaylist index,
    RenderedPlaylist live,
    List<Multivariant.Offer> offers,
    Map<String, TrackView> tracks) {
  /** Before the first fact. */
  static final BroadcastView NOTHING =
      new BroadcastView(List.of(), false, false, -1, false, null, null, List.of(), Map.of());

  /** The rendition of that name; null if the ladder has none. */
  public TrackView track(String rendition) {
    return tracks.get(rendition);
  }
}

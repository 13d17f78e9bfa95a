package io.rostrum.hls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A growing playlist at one moment. Immutable and thread safe; its bytes are made when they are
 * first asked for, and only once.
 */
public final class PlaylistState {
  private final PlaylistSettings settings;
  private final long mediaSequence;
  private final long discontinuitySequence;
  private final boolean gaps;
  private final SettledText settled;
  private final SegmentText[] young;
  private final int skippable;
  private final int withoutParts;
  private final String lastMap;
  private final LiveEdge edge;
  private volatile RenderedPlaylist full;
  private volatile RenderedPlaylist delta;

  PlaylistState(
      PlaylistSettings settings,
      long mediaSequence,
      long discontinuitySequence,
      boolean gaps,
      SettledText settled,
      SegmentText[] young,
      int skippable,
      int withoutParts,
      String lastMap,
      LiveEdge edge) {
    this.settings = settings;
    this.mediaSequence = mediaSequence;
    this.discontinuitySequence = discontinuitySequence;
    this.gaps = gaps;
    this.settled = settled;
    this.young = young;
    this.skippable = skippable;
    this.withoutParts = withoutParts;
    this.lastMap = lastMap;
    this.edge = edge;
  }

  /** Whether nothing more comes. */
  public boolean ended() {
    return edge.endList();
  }

  /** Whether it lists a complete segment. */
  public boolean hasSegments() {
    return settled.segments() + young.length > 0;
  }

  /** Number that the next segment gets. */
  public long nextMsn() {
    return mediaSequence + settled.segments() + young.length;
  }

  /** How many segments a delta update leaves out. */
  public int skippedSegments() {
    return edge.endList() ? 0 : settled.segments() + skippable;
  }

  /** The whole playlist. */
  public RenderedPlaylist full() {
    RenderedPlaylist made = full;
    if (made == null) {
      synchronized (this) {
        made = full;
        if (made == null) {
          made =
              RenderedPlaylist.of(
                  bytes(header(0, settled.segments() == 0 ? 0 : -1)), settled.pieces(), tail(0));
          full = made;
        }
      }
    }
    return made;
  }

  /**
   * The delta update (§6.2.5.1); the whole playlist where nothing can be skipped or where it has
   * ended, for which the specification says to ignore the directive.
   */
  public RenderedPlaylist delta() {
    int skipped = skippedSegments();
    if (skipped == 0) {
      return full();
    }
    RenderedPlaylist made = delta;
    if (made == null) {
      synchronized (this) {
        made = delta;
        if (made == null) {
          made = RenderedPlaylist.of(bytes(header(skipped, skippable)), List.of(), tail(skippable));
          delta = made;
        }
      }
    }
    return made;
  }

  /**
   * @param first index of the first young segment behind the header; -1 where settled ones follow,
   *     whose text names its init segment
   */
  private StringBuilder header(int skipped, int first) {
    StringBuilder out = new StringBuilder(384);
    MediaPlaylistWriter.header(out, settings, mediaSequence, discontinuitySequence, gaps, skipped);
    if (first >= 0
        && first < young.length
        && !young[first].writesMap()
        && young[first].segment().mapUri() != null) {
      MediaPlaylistWriter.map(out, young[first].segment().mapUri());
    }
    return out;
  }

  private byte[] tail(int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    int withParts = Math.max(from, edge.endList() ? young.length : withoutParts);
    for (int i = from; i < withParts; i++) {
      out.writeBytes(young[i].text());
    }
    StringBuilder recent = new StringBuilder(2048);
    for (int i = withParts; i < young.length; i++) {
      MediaSegment segment = young[i].segment();
      MediaPlaylistWriter.segment(
          recent, segment, young[i].writesMap() ? null : segment.mapUri(), true);
    }
    MediaPlaylistWriter.edge(recent, edge, lastMap);
    out.writeBytes(bytes(recent));
    return out.toByteArray();
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

package io.rostrum.hls;

/** Playlists of {@link Playlists} as text, for tests in other packages. */
public final class PlaylistsForHistory {
  private final GrowingPlaylist playlist;
  private long next;
  private long discontinuities;

  /**
   * @param slides whether segments are removed
   */
  public PlaylistsForHistory(boolean slides) {
    playlist = new GrowingPlaylist(slides ? Playlists.SLIDING : Playlists.EVENT, 0);
  }

  /** Appends a segment; every 11th is a gap, every 37th a discontinuity. */
  public void append() {
    boolean discontinuity = next % 37 == 36;
    discontinuities += discontinuity ? 1 : 0;
    playlist.append(
        Playlists.segment(next, discontinuity, "aaaa", next % 11 == 5, 8), discontinuities);
    next++;
  }

  /** Removes what is older than {@code count} segments. */
  public void keep(int count) {
    playlist.removeBefore(next - count);
  }

  /** The playlist with some parts of the next segment. */
  public String text(int openParts, boolean delta) {
    PlaylistState state = playlist.state(Playlists.edge(next, openParts));
    return Playlists.text(delta ? state.delta() : state.full());
  }

  /** The playlist at its end. */
  public String ended() {
    return Playlists.text(playlist.state(LiveEdge.ENDED).full());
  }
}

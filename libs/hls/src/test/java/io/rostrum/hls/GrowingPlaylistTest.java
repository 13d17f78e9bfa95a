package io.rostrum.hls;

import static io.rostrum.hls.Playlists.EVENT;
import static io.rostrum.hls.Playlists.SLIDING;
import static io.rostrum.hls.Playlists.edge;
import static io.rostrum.hls.Playlists.segment;
import static io.rostrum.hls.Playlists.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A growing playlist gives the bytes that the writer gives for the same segments. */
class GrowingPlaylistTest {
  private final List<MediaSegment> all = new ArrayList<>();
  private final List<Long> discontinuities = new ArrayList<>();
  private long discontinuitySequence;

  private MediaSegment next(GrowingPlaylist playlist) {
    long msn = all.size();
    boolean discontinuity = msn % 37 == 36;
    MediaSegment segment = segment(msn, discontinuity, "m" + msn / 50, msn % 11 == 5, 8);
    if (discontinuity) {
      discontinuitySequence++;
    }
    all.add(segment);
    discontinuities.add(discontinuitySequence - (discontinuity ? 1 : 0));
    playlist.append(segment, discontinuitySequence);
    return segment;
  }

  /** As the writer does it: segments older than {@code partsFrom} lose their parts. */
  private String written(PlaylistSettings settings, int first, int skipped, LiveEdge edge) {
    List<MediaSegment> listed = new ArrayList<>();
    for (int i = first + skipped; i < all.size(); i++) {
      MediaSegment s = all.get(i);
      boolean parts = all.size() - i <= 2;
      listed.add(
          new MediaSegment(
              s.uri(),
              s.duration(),
              s.discontinuity(),
              s.programDateTime(),
              s.mapUri(),
              s.gap(),
              parts ? s.parts() : List.of()));
    }
    long before = discontinuities.get(first);
    return MediaPlaylistWriter.write(
        new MediaPlaylist(settings, first, before, skipped, listed, edge));
  }

  @Test
  void event_isByteForByteWhatTheWriterGives() throws IOException {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 0);
    for (int i = 0; i < 2500; i++) {
      next(playlist);
      LiveEdge edge = edge(i + 1, i % 9);
      PlaylistState state = playlist.state(edge);
      int skipped = Math.max(0, all.size() - 9);
      assertThat(state.skippedSegments()).isEqualTo(skipped);
      if (i % 7 == 0 || i > 2480) {
        assertThat(text(state.full())).isEqualTo(written(EVENT, 0, 0, edge));
        assertThat(text(state.delta())).isEqualTo(written(EVENT, 0, skipped, edge));
        assertThat(inflated(state.full())).isEqualTo(text(state.full()));
        assertThat(inflated(state.delta())).isEqualTo(text(state.delta()));
        assertThat(state.full().length()).isEqualTo(text(state.full()).length());
      }
    }
    assertThat(text(playlist.state(LiveEdge.ENDED).delta())).endsWith("#EXT-X-ENDLIST\n");
  }

  @Test
  void earlierState_staysAsItWas() {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 0);
    for (int i = 0; i < 100; i++) {
      next(playlist);
    }
    LiveEdge edge = edge(100, 3);
    PlaylistState early = playlist.state(edge);
    String expected = written(EVENT, 0, 0, edge);
    for (int i = 0; i < 100; i++) {
      next(playlist);
    }
    assertThat(text(early.full())).isEqualTo(expected);
  }

  @Test
  void slidingPlaylist_movesItsSequencesAndNamesTheInit() throws IOException {
    GrowingPlaylist playlist = new GrowingPlaylist(SLIDING, 0);
    for (int i = 0; i < 300; i++) {
      next(playlist);
      playlist.removeBefore(i - 40);
      LiveEdge edge = edge(i + 1, i % 9);
      PlaylistState state = playlist.state(edge);
      int first = Math.max(0, i - 40);
      assertThat(text(state.full())).isEqualTo(written(SLIDING, first, 0, edge));
      int skipped = Math.max(0, all.size() - first - 9);
      assertThat(text(state.delta())).isEqualTo(written(SLIDING, first, skipped, edge));
      assertThat(inflated(state.full())).isEqualTo(text(state.full()));
    }
  }

  @Test
  void event_neverLosesASegment() {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 0);
    next(playlist);
    assertThatThrownBy(() -> playlist.removeBefore(1)).hasMessageContaining("§6.2.1");
  }

  @Test
  void playlistFromTheMiddle_keepsItsNumbers() {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 500);
    playlist.append(segment(500, true, "aaaa", false, 0), 3);
    for (int msn = 501; msn < 700; msn++) {
      playlist.append(segment(msn), 3);
    }
    assertThat(text(playlist.state(LiveEdge.ENDED).full()))
        .contains("#EXT-X-MEDIA-SEQUENCE:500\n#EXT-X-DISCONTINUITY-SEQUENCE:2\n");
    assertThat(playlist.nextMsn()).isEqualTo(700);
  }

  @Test
  void refreshOfALongEvent_isAsSmallAsThatOfAShortOne() {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 0);
    for (int msn = 0; msn < 21_600; msn++) {
      playlist.append(segment(msn), 0);
    }
    PlaylistState state = playlist.state(edge(21_600, 4));
    assertThat(gzipLength(state.delta())).isLessThan(1024);
    assertThat(state.full().gzip()).hasSizeLessThan(100);
    // hls.md B10 measures 41.7 KiB for 7,200 segments in one deflate run; 21,600 here
    assertThat(gzipLength(state.full())).isLessThan(3 * 64 * 1024);
  }

  private static int gzipLength(RenderedPlaylist rendered) {
    return rendered.gzip().stream().mapToInt(piece -> piece.length).sum();
  }

  private static String inflated(RenderedPlaylist rendered) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] piece : rendered.gzip()) {
      bytes.write(piece);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

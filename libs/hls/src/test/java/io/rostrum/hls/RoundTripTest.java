package io.rostrum.hls;

import static io.rostrum.hls.Playlists.EVENT;
import static io.rostrum.hls.Playlists.START;
import static io.rostrum.hls.Playlists.edge;
import static io.rostrum.hls.Playlists.segment;
import static io.rostrum.hls.Playlists.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An independent parser reads back what was written. */
class RoundTripTest {
  @Test
  void mediaPlaylist_isReadBackByAnotherParser() throws Exception {
    GrowingPlaylist playlist = new GrowingPlaylist(EVENT, 0);
    for (int msn = 0; msn < 60; msn++) {
      playlist.append(
          segment(msn, msn == 20, msn < 20 ? "aaaa" : "bbbb", msn == 30, 8), msn < 20 ? 0 : 1);
    }
    PlaylistState state = playlist.state(edge(60, 3));

    io.lindstrom.m3u8.model.MediaPlaylist read =
        new MediaPlaylistParser().readPlaylist(text(state.full()));

    assertThat(read.targetDuration()).isEqualTo(6);
    assertThat(read.mediaSegments()).hasSize(60);
    assertThat(read.mediaSegments().get(20).discontinuity()).isTrue();
    assertThat(read.mediaSegments().get(20).segmentMap().orElseThrow().uri())
        .isEqualTo("source/init-bbbb.mp4");
    assertThat(read.mediaSegments().get(30).gap()).isTrue();
    assertThat(read.mediaSegments().get(59).partialSegments()).hasSize(8);
    assertThat(read.mediaSegments().get(41).programDateTime())
        .contains(OffsetDateTime.parse(START.plusSeconds(4 * 41).toString()));
    assertThat(read.partialSegments()).hasSize(3);
    assertThat(read.preloadHint().orElseThrow().uri()).isEqualTo("source/60.3.m4s");
    assertThat(read.renditionReports().get(0).lastPartialSegmentIndex()).contains(2L);
    assertThat(read.serverControl().orElseThrow().canBlockReload()).isTrue();

    io.lindstrom.m3u8.model.MediaPlaylist delta =
        new MediaPlaylistParser().readPlaylist(text(state.delta()));
    assertThat(delta.skip().orElseThrow().skippedSegments()).isEqualTo(51);
    assertThat(delta.mediaSegments()).hasSize(9);
  }

  @Test
  void multivariantPlaylist_isReadBackByAnotherParser() throws Exception {
    String text =
        MultivariantWriter.write(
            new MultivariantPlaylist(
                List.of(
                    new MultivariantPlaylist.AudioRendition(
                        "audio", "Audio", "und", 2, true, "audio.m3u8")),
                List.of(
                    new MultivariantPlaylist.Variant(
                        "source.m3u8", 5, 4, "avc1.64001f,mp4a.40.2", 1280, 720, 30, "audio"))));
    io.lindstrom.m3u8.model.MasterPlaylist read = new MasterPlaylistParser().readPlaylist(text);
    assertThat(read.independentSegments()).isTrue();
    assertThat(read.variants().get(0).codecs()).containsExactly("avc1.64001f", "mp4a.40.2");
    assertThat(read.variants().get(0).frameRate()).contains(30.0);
    assertThat(read.alternativeRenditions().get(0).uri()).contains("audio.m3u8");
  }
}

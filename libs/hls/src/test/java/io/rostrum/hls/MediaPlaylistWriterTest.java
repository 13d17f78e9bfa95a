package io.rostrum.hls;

import static io.rostrum.hls.Playlists.EVENT;
import static io.rostrum.hls.Playlists.SLIDING;
import static io.rostrum.hls.Playlists.START;
import static io.rostrum.hls.Playlists.edge;
import static io.rostrum.hls.Playlists.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaPlaylistWriterTest {
  @Test
  void livePlaylist_isWrittenAsTheSpecificationOrdersIt() {
    MediaPlaylist playlist =
        new MediaPlaylist(
            EVENT,
            0,
            0,
            0,
            List.of(
                segment(0, false, "aaaa", false, 0),
                segment(1, false, "aaaa", true, 1),
                segment(2, true, "bbbb", false, 2)),
            new LiveEdge(
                new OpenSegment(
                    true, START.plusSeconds(12), "source/init-cccc.mp4", Playlists.parts(3, 1)),
                List.of(new PreloadHint(PreloadHint.Type.PART, "source/3.1.m4s")),
                List.of(
                    new RenditionReport("audio.m3u8", 3, 0),
                    new RenditionReport("720p.m3u8", 2, -1)),
                false));
    assertThat(MediaPlaylistWriter.write(playlist))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:8
            #EXT-X-TARGETDURATION:6
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,HOLD-BACK=18.0,PART-HOLD-BACK=1.5
            #EXT-X-PART-INF:PART-TARGET=0.5
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-MAP:URI="source/init-aaaa.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:00.000Z
            #EXTINF:4.0,
            source/0.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:04.000Z
            #EXT-X-GAP
            #EXT-X-PART:DURATION=0.5,URI="source/1.0.m4s",GAP=YES
            #EXTINF:4.0,
            source/1.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="source/init-bbbb.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:08.000Z
            #EXT-X-PART:DURATION=0.5,URI="source/2.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.5,URI="source/2.1.m4s"
            #EXTINF:4.0,
            source/2.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="source/init-cccc.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:12.000Z
            #EXT-X-PART:DURATION=0.5,URI="source/3.0.m4s",INDEPENDENT=YES
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="source/3.1.m4s"
            #EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=3,LAST-PART=0
            #EXT-X-RENDITION-REPORT:URI="720p.m3u8",LAST-MSN=2
            """);
  }

  @Test
  void endedPlaylist_listsNoParts_soThatPlayersSeeItsEnd() {
    MediaSegment last = segment(0, false, "aaaa", false, 8);
    MediaPlaylist ended = new MediaPlaylist(EVENT, 0, 0, 0, List.of(last), LiveEdge.ENDED);
    assertThat(MediaPlaylistWriter.write(ended))
        .doesNotContain("#EXT-X-PART:")
        .endsWith("source/0.m4s\n#EXT-X-ENDLIST\n");
    GrowingPlaylist growing = new GrowingPlaylist(EVENT, 0);
    growing.append(last, 0);
    java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
    growing.state(LiveEdge.ENDED).full().plain().forEach(text::writeBytes);
    assertThat(text.toString(java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(MediaPlaylistWriter.write(ended));
  }

  @Test
  void deltaUpdate_hasVersion9AndSequencesBeforeTheSkip() {
    MediaPlaylist playlist =
        new MediaPlaylist(
            SLIDING, 7, 2, 30, List.of(segment(37, false, "aaaa", false, 0)), edge(38, 0));
    assertThat(MediaPlaylistWriter.write(playlist))
        .startsWith("#EXTM3U\n#EXT-X-VERSION:9\n")
        .contains(
            """
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-DISCONTINUITY-SEQUENCE:2
            #EXT-X-SKIP:SKIPPED-SEGMENTS=30
            #EXT-X-MAP:URI="source/init-aaaa.mp4"
            """)
        .doesNotContain("PLAYLIST-TYPE");
  }

  @Test
  void vod_hasNeitherControlNorParts() {
    MediaPlaylist playlist =
        new MediaPlaylist(
            PlaylistSettings.vod(6),
            3,
            0,
            0,
            List.of(segment(3, false, "aaaa", false, 0)),
            LiveEdge.ENDED);
    assertThat(MediaPlaylistWriter.write(playlist))
        .contains("#EXT-X-PLAYLIST-TYPE:VOD\n")
        .endsWith("source/3.m4s\n#EXT-X-ENDLIST\n")
        .doesNotContain("SERVER-CONTROL")
        .doesNotContain("PART");
  }

  @Test
  void segmentLongerThanTheTarget_isRefused() {
    MediaSegment tooLong =
        new MediaSegment(
            "source/0.m4s", MediaDuration.ofMillis(6500), false, START, null, false, List.of());
    assertThatThrownBy(() -> new MediaPlaylist(EVENT, 0, 0, 0, List.of(tooLong), LiveEdge.ENDED))
        .hasMessageContaining("§4.4.3.1");
  }

  @Test
  void hintBesideTheEnd_isRefused() {
    assertThatThrownBy(
            () ->
                new LiveEdge(
                    null,
                    List.of(new PreloadHint(PreloadHint.Type.PART, "source/0.0.m4s")),
                    List.of(),
                    true))
        .hasMessageContaining("§4.4.5.3");
  }

  @Test
  void settingsThatPlayersStopAt_areRefused() {
    Duration half = Duration.ofMillis(500);
    assertThatThrownBy(
            () ->
                new PlaylistSettings(
                    null,
                    6,
                    half,
                    new ServerControl(
                        true,
                        Duration.ofSeconds(35),
                        Duration.ofSeconds(18),
                        half.multipliedBy(3))))
        .hasMessageContaining("CAN-SKIP-UNTIL");
    assertThatThrownBy(
            () ->
                new PlaylistSettings(
                    null, 6, half, new ServerControl(true, null, Duration.ofSeconds(18), half)))
        .hasMessageContaining("PART-HOLD-BACK");
    assertThatThrownBy(() -> new PlaylistSettings(null, 0, null, null))
        .hasMessageContaining("§4.4.3.1");
  }

  @Test
  void uriThatWouldBreakOutOfItsAttribute_isRefused() {
    assertThatThrownBy(() -> new PartialSegment("a\"b", MediaDuration.ofMillis(500), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PreloadHint(PreloadHint.Type.PART, "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

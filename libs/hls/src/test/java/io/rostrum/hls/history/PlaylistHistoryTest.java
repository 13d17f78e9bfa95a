package io.rostrum.hls.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rostrum.hls.PlaylistsForHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The validator: silent about what the writers give, and not about anything that is broken. */
class PlaylistHistoryTest {
  private static final String FIRST =
      """
      #EXTM3U
      #EXT-X-VERSION:8
      #EXT-X-TARGETDURATION:6
      #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,HOLD-BACK=18.0,PART-HOLD-BACK=1.5
      #EXT-X-PART-INF:PART-TARGET=0.5
      #EXT-X-MEDIA-SEQUENCE:7
      #EXT-X-DISCONTINUITY-SEQUENCE:1
      #EXT-X-MAP:URI="v/init-a.mp4"
      #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:00.000Z
      #EXTINF:4.0,
      v/7.m4s
      #EXT-X-DISCONTINUITY
      #EXT-X-MAP:URI="v/init-a.mp4"
      #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:09.000Z
      #EXT-X-PART:DURATION=0.5,URI="v/8.0.m4s",INDEPENDENT=YES
      #EXT-X-PART:DURATION=0.5,URI="v/8.1.m4s"
      #EXTINF:1.0,
      v/8.m4s
      #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:10.000Z
      #EXT-X-PART:DURATION=0.5,URI="v/9.0.m4s",INDEPENDENT=YES
      #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v/9.1.m4s"
      #EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=9,LAST-PART=0
      """;

  /** Rightly follows {@link #FIRST}. */
  private static final String SECOND =
      FIRST
          .replace("SEQUENCE:7", "SEQUENCE:8")
          .replaceFirst("(?s)#EXT-X-MAP.*?v/7.m4s\n", "")
          .replaceFirst(
              "(?s)#EXT-X-PRELOAD.*",
              """
              #EXT-X-PART:DURATION=0.5,URI="v/9.1.m4s"
              #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v/9.2.m4s"
              #EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=9,LAST-PART=1
              """);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheWritersGive_isNeverComplainedAbout(boolean slides) {
    PlaylistsForHistory playlists = new PlaylistsForHistory(slides);
    PlaylistHistory history = new PlaylistHistory("video");
    for (int i = 0; i < 120; i++) {
      playlists.append();
      if (slides) {
        playlists.keep(30);
      }
      for (int parts = 0; parts <= 8; parts += 1 + i % 4) {
        assertThat(history.add(playlists.text(parts, i > 0 && i % 3 == 0))).isEmpty();
      }
    }
    assertThat(history.last().lastMsn()).isEqualTo(119);
    assertThat(history.add(playlists.ended())).isEmpty();
    assertThat(history.disagreements(history)).isEmpty();
  }

  @Test
  void handwrittenVersions_areRight() {
    PlaylistHistory history = new PlaylistHistory("video");
    assertThat(history.add(FIRST)).isEmpty();
    assertThat(history.add(SECOND)).isEmpty();
  }

  static Stream<Arguments> brokenAlone() {
    return Stream.of(
        arguments("no first line", "#EXTM3U\n", "", "§4.4.1.1"),
        arguments("byte order mark", "#EXTM3U", "\uFEFF#EXTM3U", "§4.4.1.1"),
        arguments("carriage return", "v/8.m4s", "v/8.m4s\r", "§4.1"),
        arguments("low version", "VERSION:8", "VERSION:5", "§8"),
        arguments("no target", "#EXT-X-TARGETDURATION:6\n", "", "§4.4.3.1"),
        arguments("too long", "EXTINF:4.0", "EXTINF:6.5", "§4.4.3.1"),
        arguments("second tag", "#EXT-X-PART-INF", "#EXT-X-VERSION:8\n#EXT-X-PART-INF", "§4.4"),
        arguments("late sequence", "#EXTINF:1.0,", "#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:1.0,", "§4.4"),
        arguments("no duration", "#EXTINF:4.0,\n", "", "§4.4.4.1"),
        arguments("no part target", "#EXT-X-PART-INF:PART-TARGET=0.5\n", "", "§4.4.3.7"),
        arguments("near part hold-back", "PART-HOLD-BACK=1.5", "PART-HOLD-BACK=1.4", "AS 14.3"),
        arguments("near hold-back", "HOLD-BACK=18.0", "HOLD-BACK=17.0", "§4.4.3.8"),
        arguments("near skip boundary", "UNTIL=36.0", "UNTIL=35.0", "§4.4.3.8"),
        arguments("long part", "0.5,URI=\"v/8.1", "0.6,URI=\"v/8.1", "§4.4.4.9"),
        arguments(
            "short part", "0.5,URI=\"v/8.0.m4s\",INDEPENDENT=YES", "0.4,URI=\"v/8.0.m4s\"", "85 %"),
        arguments("no hint", "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"v/9.1.m4s\"\n", "", "B.1"),
        arguments("hint at the end", "#EXT-X-REND", "#EXT-X-ENDLIST\n#EXT-X-REND", "§4.4.5.3"),
        arguments("no time", "#EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:10.000Z\n", "", "AS 8.4"),
        arguments("jumping clock", "09:00:10.000Z", "09:00:11.000Z", "§6.2.1"),
        arguments("no init", "#EXT-X-MAP:URI=\"v/init-a.mp4\"\n", "", "AS 8.20"),
        arguments("late tag", "#EXTINF:1.0", "#EXT-X-DISCONTINUITY\n#EXTINF:1.0", "§4.4.4.9"),
        arguments(
            "part that is there in a gap", "#EXTINF:1.0", "#EXT-X-GAP\n#EXTINF:1.0", "of a gap"),
        arguments("parts that do not add up", "#EXTINF:1.0", "#EXTINF:2.0", "§3.2"),
        arguments("second attribute", "LAST-MSN=9", "LAST-MSN=9,LAST-MSN=9", "§4.2"),
        arguments("absolute report", "URI=\"audio.m3u8\"", "URI=\"http://a/b\"", "§4.4.5.4"),
        arguments("no number", "LAST-MSN=9", "LAST-MSN=x", "RENDITION-REPORT"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAlone")
  void whatIsBrokenByItself_isSaid(String what, String from, String to, String section) {
    String broken = FIRST.replace(from, to);
    assertThat(broken).isNotEqualTo(FIRST);
    assertThat(String.join("\n", new PlaylistHistory("video").add(broken))).contains(section);
  }

  static Stream<Arguments> brokenAfterwards() {
    return Stream.of(
        arguments("target", "TARGETDURATION:6", "TARGETDURATION:5", "TARGETDURATION never"),
        arguments("control", "CAN-BLOCK-RELOAD=YES,", "", "SERVER-CONTROL never"),
        arguments("part target", "PART-TARGET=0.5", "PART-TARGET=0.48", "PART-TARGET never"),
        arguments("type", "#EXT-X-MAP", "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MAP", "§6.2.1"),
        arguments("sequence went back", "SEQUENCE:8", "SEQUENCE:6", "went back"),
        arguments("discontinuities not counted", "CE:1\n", "CE:2\n", "§6.2.2"),
        arguments("another URI", "v/8.m4s", "w/8.m4s", "URI never changes"),
        arguments("another duration", "#EXTINF:1.0", "#EXTINF:1.04", "its duration"),
        arguments("lost discontinuity", "#EXT-X-DISCONTINUITY\n", "", "its discontinuity"),
        arguments("another time", "09:00:09.000Z", "09:00:09.001Z", "its time"),
        arguments("another init", "init-a", "init-b", "its init segment"),
        arguments("another part", "v/9.0.m4s", "v/9.00.m4s", "part 0"),
        arguments("other than hinted", "\"v/9.1.m4s\"", "\"v/9.01.m4s\"", "§4.4.5.3"),
        arguments("lost report", "audio.m3u8", "sound.m3u8", "rendition report"),
        arguments("lost parts", "#EXT-X-PART:DURATION=0.5,URI=\"v/9.0", "#", "§6.2.1"),
        arguments(
            "skip without need",
            "#EXT-X-MAP",
            "#EXT-X-SKIP:SKIPPED-SEGMENTS=1\n#EXT-X-MAP",
            "§6.2.5.1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAfterwards")
  void whatContradictsAnEarlierVersion_isSaid(String what, String from, String to, String section) {
    PlaylistHistory history = new PlaylistHistory("video");
    history.add(FIRST);
    String broken = SECOND.replaceFirst(java.util.regex.Pattern.quote(from), to);
    assertThat(broken).isNotEqualTo(SECOND);
    assertThat(String.join("\n", history.add(broken))).contains(section);
  }

  @Test
  void lostSegment_isSaid() {
    PlaylistsForHistory playlists = new PlaylistsForHistory(false);
    playlists.append();
    String before = playlists.text(0, false);
    playlists.append();
    PlaylistHistory history = new PlaylistHistory("video");
    assertThat(history.add(playlists.text(0, false))).isEmpty();
    assertThat(history.add(before).toString()).contains("segment 1 was listed and is not any more");
  }

  @Test
  void changeBehindTheEnd_isSaid() {
    PlaylistsForHistory playlists = new PlaylistsForHistory(false);
    playlists.append();
    PlaylistHistory history = new PlaylistHistory("video");
    assertThat(history.add(playlists.ended())).isEmpty();
    playlists.append();
    assertThat(history.add(playlists.ended()).toString()).contains("§4.4.3.4");
  }

  @Test
  void renditionsThatDisagree_areNamed() {
    PlaylistHistory one = new PlaylistHistory("one");
    PlaylistHistory two = new PlaylistHistory("two");
    one.add(FIRST);
    two.add(
        FIRST
            .replace("09:00:00.000Z", "09:00:01.000Z")
            .replace("HOLD-BACK=18.0", "HOLD-BACK=19.0"));
    assertThat(one.disagreements(two).toString()).contains("control").contains("wall-clock");
  }

  @Test
  void anyText_isReadOrRefused() {
    List<String> corpus = new ArrayList<>(List.of("", "\n", "#EXTM3U", "x".repeat(100_000)));
    for (int cut = 0; cut < FIRST.length(); cut += 3) {
      corpus.add(FIRST.substring(0, cut));
      for (char c : new char[] {'"', ',', '=', ':', '\n', '#', '9', '-', '\0', 'e'}) {
        corpus.add(FIRST.substring(0, cut) + c + FIRST.substring(cut + 1));
      }
    }
    for (String text : corpus) {
      try {
        ListedPlaylist.read(text);
      } catch (MalformedPlaylistException expected) {
        assertThat(expected).hasMessageStartingWith("line ");
      }
    }
  }
}

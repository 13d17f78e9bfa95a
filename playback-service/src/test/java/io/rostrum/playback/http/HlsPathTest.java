package io.rostrum.playback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.playback.clip.ClipRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlsPathTest {
  @Test
  void path_namesItsTarget() {
    Map<String, HlsTarget> targets =
        new HashMap<>(
            Map.of(
                "index.m3u8", new HlsTarget.Index(),
                "live.m3u8", new HlsTarget.LiveIndex(),
                "720p.m3u8", new HlsTarget.Media("720p", false),
                "live-720p.m3u8", new HlsTarget.Media("720p", true),
                "c/3-9/audio.m3u8", new HlsTarget.Clip(new ClipRange(3, 9), "audio"),
                "c/3-/audio.m3u8", new HlsTarget.Clip(new ClipRange(3, -1), "audio"),
                "source/init-0123456789abcdef.mp4",
                    new HlsTarget.Init("source", "0123456789abcdef"),
                "source/0.m4s", new HlsTarget.Segment("source", 0),
                "source/12345.7.m4s", new HlsTarget.Part("source", 12345, 7)));
    targets.put("storyboard.vtt", new HlsTarget.Storyboard());
    targets.put("poster.jpg", new HlsTarget.Poster());
    targets.put("c/3-9/storyboard.vtt", new HlsTarget.ClipStoryboard(new ClipRange(3, 9)));
    for (String name :
        List.of(
            "00000012-0123456789abcdef.jpg",
            "sheet-00000000-0123456789abcdef.jpg",
            "poster-0123456789abcdef.jpg")) {
      targets.put("storyboard/" + name, new HlsTarget.Thumbnails(name));
    }
    targets.forEach(
        (path, target) -> {
          assertThat(HlsPath.parse("/hls/bcdfgh/" + path).orElseThrow())
              .isEqualTo(new HlsPath("bcdfgh", null, 0, target));
          assertThat(HlsPath.parse("/hls/bcdfgh/t/a.b-_/" + path).orElseThrow())
              .isEqualTo(new HlsPath("bcdfgh", "a.b-_", 0, target));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/hls",
        "/hls/",
        "/hls/bcdfgh",
        "/hls/bcdfgh/",
        "/hls/BCD FGH/index.m3u8",
        "/hls/bcdfgh/index.mp4",
        "/hls/bcdfgh/t/index.m3u8",
        "/hls/bcdfgh/source/01.m4s",
        "/hls/bcdfgh/source/-1.m4s",
        "/hls/bcdfgh/source/1.99999.m4s",
        "/hls/bcdfgh/source/1..m4s",
        "/hls/bcdfgh/source/9999999999999999999.m4s",
        "/hls/bcdfgh/../secret/index.m3u8",
        "/hls/bcdfgh/c/9-3/audio.m3u8",
        "/hls/bcdfgh/c/-3/audio.m3u8",
        "/hls/bcdfgh/c/3/a.m3u8",
        "/hls/bcdfgh/c/3-4-5/audio.m3u8",
        "/hls/bcdfgh/so urce/1.m4s",
        "/hls/bcdfgh/storyboard/other.jpg",
        "/hls/bcdfgh/storyboard/12-0123456789abcdef.jpg",
        "/hls/bcdfgh/storyboard/00000012-0123456789abcdef.png",
        "/hls/bcdfgh/storyboard/../source/0.m4s",
        "/hls/bcdfgh/storyboard",
        "/hls/bcdfgh/c/9-3/storyboard.vtt",
        "/other/bcdfgh/index.m3u8"
      })
  void pathOfAnotherForm_isNone(String path) {
    assertThat(HlsPath.parse(path)).isEmpty();
  }

  @Test
  void text_leavesTheTokenOut() {
    assertThat(HlsPath.parse("/hls/bcdfgh/t/secret/index.m3u8").orElseThrow().toString())
        .doesNotContain("secret");
  }

  @Test
  void revision_isOfWhatAFinishedRecordingHas() {
    assertThat(HlsPath.parse("/hls/bcdfgh/r12/source/3.m4s"))
        .contains(new HlsPath("bcdfgh", null, 12, new HlsTarget.Segment("source", 3)));
    assertThat(HlsPath.parse("/hls/bcdfgh/t/a.b/r1/c/0-3/480p.m3u8"))
        .contains(new HlsPath("bcdfgh", "a.b", 1, new HlsTarget.Clip(new ClipRange(0, 3), "480p")));
    for (String none :
        List.of(
            "r1/index.m3u8",
            "r1/live.m3u8",
            "r1/live-source.m3u8",
            "r1/iframes-live-source.m3u8",
            "r0/source.m3u8",
            "r01/source.m3u8",
            "r1/r2/source.m3u8",
            "r1000000/source.m3u8",
            "r1/c/0-/source.m3u8")) {
      assertThat(HlsPath.parse("/hls/bcdfgh/" + none)).as(none).isEmpty();
    }
  }
}

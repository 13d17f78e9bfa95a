package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file goes in over RTMP; viewers watch live, rewind, and see the replay at the same address. */
@ExtendWith(Rostrum.Stack.class)
class WholeWayIT {
  private static final int SECONDS = 44;

  @TempDir private Path folder;

  @Test
  void event_fromFirstFrameToReplay(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    Path clip = ffmpeg.clip(SECONDS);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Whole way");
    String base = "/hls/" + broadcast.id() + "/";

    assertThat(api.get(base + "index.m3u8").status()).isEqualTo(404);
    try (Browser viewer = new Browser();
        Browser lateViewer = new Browser();
        Ffmpeg.Run publisher = ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      viewer.open(broadcast.watchUrl());
      await("the multivariant playlist")
          .atMost(Duration.ofSeconds(15))
          .until(() -> api.get(base + "index.m3u8").status() == 200);
      String multivariant = api.get(base + "index.m3u8").body();
      assertThat(Playlists.children(multivariant))
          .contains("source.m3u8", "480p.m3u8", "240p.m3u8", "audio.m3u8");

      viewer.awaitState("live");
      JsonNode live = viewer.awaitPlaying(0);
      assertThat(live.get("seekable").get(0).asDouble()).isLessThan(0.5);
      viewer.screenshot("live");
      judgeAll(api, base);

      lateViewer.open(broadcast.watchUrl());
      lateViewer.awaitState("live");
      // Far enough in that the beginning is behind and not just live.
      lateViewer.awaitPlaying(14);
      lateViewer.press("start-over");
      lateViewer.awaitState("behind");
      JsonNode rewound = lateViewer.awaitPlaying(0);
      assertThat(rewound.get("time").asDouble()).isLessThan(8);
      lateViewer.screenshot("rewound");
      lateViewer.press("live-pill");
      lateViewer.awaitState("live");
      JsonNode back = lateViewer.awaitPlaying(8);
      assertThat(back.get("fatal").asInt()).isZero();

      assertThat(publisher.await()).as(publisher::log).isZero();
      await("the publisher's leaving")
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  api.get("/api/v1/broadcasts/" + broadcast.id())
                      .json()
                      .get("publisher")
                      .asText()
                      .equals("AWAY"));
      assertThat(
              api.send("POST", "/api/v1/broadcasts/" + broadcast.id() + "/end", producer, null)
                  .status())
          .isBetween(200, 204);
      for (String child : List.of("source.m3u8", "480p.m3u8", "240p.m3u8", "audio.m3u8")) {
        await("the end of " + child)
            .atMost(Duration.ofSeconds(10))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> Playlists.isEnded(api.get(base + child).body()));
      }
      judgeAll(api, base);

      viewer.awaitState("replay|ended");
      viewer.seek(SECONDS - 3);
      viewer.awaitEnded();
      JsonNode seen = viewer.facts();
      assertThat(seen.get("documents").asInt()).as("page loads").isEqualTo(1);
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
      viewer.press("start-over");
      viewer.awaitPlaying(0);
      viewer.screenshot("replay");
    }
    everyFrameIsThere(rostrum, ffmpeg, clip, base);
    assertThat(api.get("/api/v1/broadcasts/" + broadcast.id()).json().get("state").asText())
        .isEqualTo("ENDED");
  }

  private static void everyFrameIsThere(Rostrum rostrum, Ffmpeg ffmpeg, Path clip, String base)
      throws Exception {
    String source = rostrum.origin() + base + "source.m3u8";
    assertThat(ffmpeg.decodedFrames(source, "0:v"))
        .hasSize(SECONDS * 30)
        .isEqualTo(ffmpeg.decodedFrames(clip.toString(), "0:v"));
    assertThat(ffmpeg.codedFrames(rostrum.origin() + base + "audio.m3u8", "0:a"))
        .isEqualTo(ffmpeg.codedFrames(clip.toString(), "0:a"));
    assertThat(ffmpeg.decodedFrames(rostrum.origin() + base + "480p.m3u8", "0:v"))
        .hasSize(SECONDS * 30);
    assertThat(
            ffmpeg.probe(
                "-show_entries",
                "stream=codec_name",
                "-of",
                "csv=p=0",
                rostrum.origin() + base + "index.m3u8"))
        .contains("h264", "aac");
  }

  @Test
  void publisherOverTls_isLikeAnyOther(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    Api.Broadcast broadcast = api.create(rostrum.token("producer"), "Over TLS");
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(ffmpeg.clip(12), rostrum.rtmps() + "/" + broadcast.streamKey())) {
      String path = "/hls/" + broadcast.id() + "/source.m3u8";
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Playlists.segments(api.get(path).body()) >= 2);
      assertThat(api.get("/api/v1/broadcasts/" + broadcast.id() + "/timeline").body())
          .contains("RTMPS");
    }
  }

  private static void judgeAll(Api api, String base) throws Exception {
    for (String name :
        List.of("index.m3u8", "live.m3u8", "source.m3u8", "480p.m3u8", "240p.m3u8", "audio.m3u8")) {
      String playlist = api.get(base + name).body();
      assertThat(Playlists.judge(playlist)).as(playlist).isEmpty();
    }
  }
}

package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publishers with other codecs than H.264, over Enhanced RTMP. */
@ExtendWith(Rostrum.Stack.class)
class CodecsIT {
  private static final int SECONDS = 24;

  @TempDir private Path folder;

  @Tag("nightly")
  @Test
  void hevc_isRecordedUntouched_andWatchedAsH264(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Path clip =
        ffmpeg.clip(
            SECONDS,
            "libx265",
            "-preset",
            "ultrafast",
            "-x265-params",
            "keyint=60:min-keyint=60:scenecut=0:log-level=error",
            "-tag:v",
            "hvc1");
    publishAndCompare(rostrum, ffmpeg, clip, "hvc1");
  }

  @Test
  void av1_isRecordedUntouched_andWatchedAsH264(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Path clip = ffmpeg.clip(SECONDS, "libsvtav1", "-preset", "12");
    publishAndCompare(rostrum, ffmpeg, clip, "av01");
  }

  private static void publishAndCompare(Rostrum rostrum, Ffmpeg ffmpeg, Path clip, String codec)
      throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, codec);
    String path = "/api/v1/broadcasts/" + broadcast.id();
    String base = "/hls/" + broadcast.id() + "/";
    try (Browser viewer = new Browser();
        Ffmpeg.Run publisher = ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      viewer.open(broadcast.watchUrl());
      viewer.awaitState("live");
      JsonNode seen = viewer.awaitPlaying(0);
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
      assertThat(api.get(base + "index.m3u8").body())
          .contains("avc1")
          .doesNotContain("source.m3u8");
      await("the codec in the health")
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  api.send("GET", path + "/health", producer, null)
                      .json()
                      .at("/publication/video/codec")
                      .asText()
                      .startsWith(codec));
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
    assertThat(api.send("POST", path + "/end", producer, null).status()).isLessThan(300);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Playlists.isEnded(api.get(base + "source.m3u8").body()));
    assertThat(ffmpeg.decodedFrames(rostrum.origin() + base + "source.m3u8", "0:v"))
        .hasSize(SECONDS * 30)
        .isEqualTo(ffmpeg.decodedFrames(clip.toString(), "0:v"));
    assertThat(ffmpeg.codedFrames(rostrum.origin() + base + "audio.m3u8", "0:a"))
        .isEqualTo(ffmpeg.codedFrames(clip.toString(), "0:a"));
  }
}

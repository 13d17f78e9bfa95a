package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack goes down and comes up again. */
@ExtendWith(Rostrum.Stack.class)
class RestartIT {
  @TempDir private Path folder;

  @Test
  void yesterdaysReplay_isListedAndPlays(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Yesterday");
    String base = "/hls/" + broadcast.id() + "/";
    Path clip = ffmpeg.clip(12);
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
    assertThat(
            api.send("POST", "/api/v1/broadcasts/" + broadcast.id() + "/end", producer, null)
                .status())
        .isLessThan(300);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Playlists.isEnded(api.get(base + "source.m3u8").body()));
    String before = api.get(base + "source.m3u8").body();

    rostrum.command("down");
    rostrum.command("up", "--detach");

    assertThat(api.get("/api/v1/broadcasts?q=Yesterday").body()).contains(broadcast.id());
    assertThat(api.get(base + "source.m3u8").body()).isEqualTo(before);
    assertThat(ffmpeg.decodedFrames(rostrum.origin() + base + "source.m3u8", "0:v"))
        .isEqualTo(ffmpeg.decodedFrames(clip.toString(), "0:v"));
    try (Browser viewer = new Browser()) {
      viewer.open(broadcast.watchUrl());
      viewer.awaitState("replay|ended");
      viewer.awaitPlaying(0);
      viewer.seek(9);
      viewer.awaitEnded();
    }
  }
}

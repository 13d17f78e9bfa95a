package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The transcoder cannot keep up and leaves out what it would have to encode. */
@ExtendWith(Rostrum.Stack.class)
class OverloadIT {
  @TempDir private Path folder;

  @Test
  void renditionsOfItsSizeLeftOut_aSmallPlayerGoesOnInThePresentersOwn(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    Api.Broadcast broadcast = api.create(rostrum.token("producer"), "Left out");
    String base = "/hls/" + broadcast.id() + "/";
    rostrum.command("kill", "transcode");
    rostrum.command(Map.of("ROSTRUM_TRANSCODE_DEFER_AFTER", "1ms"), "start", "transcode");
    try (Browser viewer = new Browser();
        Ffmpeg.Run publisher =
            ffmpeg.publish(ffmpeg.clip(44), rostrum.rtmp() + "/" + broadcast.streamKey())) {
      viewer.resize(480, 400);
      viewer.open(broadcast.watchUrl());
      JsonNode facts = viewer.awaitPlaying(0);
      facts = viewer.awaitPlaying(facts.get("time").asDouble() + 10);
      assertThat(facts.get("height").asInt()).as("%s", facts).isEqualTo(720);
      assertThat(facts.get("fatal").asInt()).as("%s", facts).isZero();
    } finally {
      rostrum.command("kill", "transcode");
      rostrum.command("start", "transcode");
    }
    String leftOut = api.get(base + "480p.m3u8").body();
    assertThat(leftOut).contains("#EXT-X-GAP");
    // Gaps have no header, least of all that of the pictures that are passed through.
    String source = api.get(base + "source.m3u8").body();
    String header = source.split("init-")[1].split("\\.mp4")[0];
    assertThat(leftOut).doesNotContain(header);
  }
}

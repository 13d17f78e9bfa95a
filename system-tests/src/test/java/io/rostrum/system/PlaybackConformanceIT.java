package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rostrum.hls.history.PlaylistHistory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An event whose publisher goes away and comes back: every version of every playlist keeps the
 * rules, and players of two makers get from the live edge to the end.
 */
@ExtendWith(Rostrum.Stack.class)
class PlaybackConformanceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 16;

  @TempDir private Path folder;

  @Test
  void everyPlaylistKeepsTheRules_andEveryPlayerGetsToTheEnd(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    Path clip = ffmpeg.clip(SECONDS, "libx264", "-preset", "ultrafast");
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Conformance");
    String base = "/hls/" + broadcast.id() + "/";
    String rtmp = rostrum.rtmp() + "/" + broadcast.streamKey();

    Process players;
    BufferedReader said;
    List<String> names;
    PlaybackWatch watch;
    try (Ffmpeg.Run first = ffmpeg.publish(clip, rtmp)) {
      await("the first segment")
          .atMost(Duration.ofSeconds(30))
          .until(() -> Playlists.segments(api.get(base + "audio.m3u8").body()) > 0);
      names = names(api.get(base + "index.m3u8").body());
      assertThat(names).anyMatch(name -> name.startsWith("iframes-")).contains("audio.m3u8");
      List<String> all = new ArrayList<>(names);
      names(api.get(base + "live.m3u8").body()).forEach(all::add);
      watch = new PlaybackWatch(api, base, all);
      players =
          new ProcessBuilder("node", "playlist-players.mjs", rostrum.origin() + base + "index.m3u8")
              .directory(Rostrum.checkout().resolve("system-tests/browser").toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      said =
          new BufferedReader(
              new InputStreamReader(players.getInputStream(), StandardCharsets.UTF_8));
      assertThat(first.await()).as(first::log).isZero();
    }
    try {
      try (Ffmpeg.Run second = ffmpeg.publish(clip, rtmp)) {
        assertThat(said.readLine()).contains("playing");
        assertThat(second.await()).as(second::log).isZero();
      }
      judge(watch);
      api.send("POST", "/api/v1/broadcasts/" + broadcast.id() + "/end", producer, null);
      for (String name : names) {
        await("the end of " + name)
            .atMost(Duration.ofSeconds(30))
            .until(() -> Playlists.isEnded(api.get(base + name).body()));
      }
      watch.close();
      judge(watch);
      assertThat(watch.chained()).as("parts followed").isGreaterThan(20);
      ranges(api, base);

      JsonNode seen = JSON.readTree(said.readLine());
      for (JsonNode player : seen.get("players")) {
        assertThat(player.get("fatal")).as("%s", player).isEmpty();
        assertThat(player.get("ended").asBoolean()).as("%s", player).isTrue();
      }
    } finally {
      watch.close();
      players.destroy();
    }
  }

  private static List<String> names(String multivariant) {
    List<String> names = new ArrayList<>(Playlists.children(multivariant));
    multivariant
        .lines()
        .filter(line -> line.startsWith("#EXT-X-I-FRAME-STREAM-INF:"))
        .map(line -> line.replaceAll(".*URI=\"([^\"]+)\".*", "$1"))
        .forEach(names::add);
    return names;
  }

  private static void judge(PlaybackWatch watch) throws Exception {
    assertThat(watch.complaints()).isEmpty();
    for (String playlist : watch.newest().values()) {
      assertThat(Playlists.judge(playlist)).as(playlist).isEmpty();
    }
  }

  private static void ranges(Api api, String base) throws Exception {
    for (String query : List.of("start=4&end=11", "start=6")) {
      String multivariant = api.get(base + "index.m3u8?" + query).body();
      assertThat(Playlists.judge(multivariant)).as(multivariant).isEmpty();
      for (String name : names(multivariant)) {
        String playlist = api.get(base + name).body();
        assertThat(new PlaylistHistory(name).add(playlist)).as(playlist).isEmpty();
        assertThat(Playlists.judge(playlist)).as(playlist).isEmpty();
        assertThat(Playlists.isEnded(playlist)).isTrue();
      }
    }
  }
}

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

/** A publisher that dies and comes back is one event to everybody who watches. */
@ExtendWith(Rostrum.Stack.class)
class ReconnectIT {
  private static final int RETURNS = 3;

  @TempDir private Path folder;

  @Test
  void publisherKilledAndBackThreeTimes_isOneTimeline_andPlayersGoOnByThemselves(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Reconnects");
    String path = "/api/v1/broadcasts/" + broadcast.id();
    String base = "/hls/" + broadcast.id() + "/";
    String url = rostrum.rtmp() + "/" + broadcast.streamKey();
    Path clip = ffmpeg.clip(44);
    try (Browser viewer = new Browser()) {
      double seenUpTo = 0;
      for (int publication = 0; publication <= RETURNS; publication++) {
        try (Ffmpeg.Run publisher = ffmpeg.publish(clip, url)) {
          if (publication == 0) {
            viewer.open(broadcast.watchUrl());
            viewer.awaitState("live");
          }
          // Beyond what there was before the publisher's return: the player found its way by
          // itself.
          JsonNode playing = viewer.awaitPlaying(seenUpTo);
          assertThat(playing.get("fatal").asInt()).as("%s", playing).isZero();
          seenUpTo = playlistSeconds(api, base) + 1;
          int expected = publication + 1;
          await("publication " + expected + " in the health")
              .atMost(Duration.ofSeconds(20))
              .until(
                  () ->
                      health(api, producer, path).at("/timeline/publications").asInt() == expected);
          await("its picture in the health")
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> health(api, producer, path).at("/publication/video/height").asInt() == 720);
        }
        if (publication < RETURNS) {
          awaitPublisher(api, path, "AWAY");
          seenUpTo = awaitSegmentsOfAnAbsentPublisher(api, base, publication + 1);
        }
      }
      assertThat(api.send("POST", path + "/end", producer, null).status()).isLessThan(300);
      for (String child : List.of("source.m3u8", "480p.m3u8", "audio.m3u8")) {
        await("the end of " + child)
            .atMost(Duration.ofSeconds(30))
            .until(() -> Playlists.isEnded(api.get(base + child).body()));
        String playlist = api.get(base + child).body();
        assertThat(Playlists.judge(playlist)).as(playlist).isEmpty();
        assertThat(playlist).contains("#EXT-X-MEDIA-SEQUENCE:0").contains("#EXT-X-GAP");
      }
      viewer.awaitState("replay|ended");
      viewer.seek(0);
      viewer.rate(2);
      viewer.awaitPlaying(0);
      viewer.awaitEnded();
      JsonNode seen = viewer.facts();
      assertThat(seen.get("documents").asInt()).as("page loads").isEqualTo(1);
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
    }
  }

  private static JsonNode health(Api api, String producer, String path) {
    return api.send("GET", path + "/health", producer, null).json();
  }

  private static double playlistSeconds(Api api, String base) {
    return Playlists.seconds(api.get(base + "source.m3u8").body());
  }

  private static void awaitPublisher(Api api, String path, String state) {
    await("publisher " + state)
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.get(path).json().get("publisher").asText().equals(state));
  }

  /** The playlist stays alive while nobody publishes. Gives its length. */
  private static double awaitSegmentsOfAnAbsentPublisher(Api api, String base, int absences) {
    await("segments of absence " + absences)
        .atMost(Duration.ofSeconds(30))
        .until(() -> runsOfGaps(api.get(base + "source.m3u8").body()) == absences);
    return playlistSeconds(api, base);
  }

  /** How often a gap begins. */
  private static int runsOfGaps(String playlist) {
    int runs = 0;
    boolean inGap = false;
    boolean gap = false;
    for (String line : playlist.lines().toList()) {
      gap |= line.equals("#EXT-X-GAP");
      if (!line.isBlank() && !line.startsWith("#")) {
        runs += gap && !inGap ? 1 : 0;
        inGap = gap;
        gap = false;
      }
    }
    return runs;
  }
}

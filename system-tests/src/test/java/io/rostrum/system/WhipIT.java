package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Presenters who publish over WebRTC, seen by those who watch. */
@ExtendWith(Rostrum.Stack.class)
class WhipIT {
  private static final int SECONDS = 12;

  /** Of sound against picture, in seconds. */
  private static final double MOST_LEAD = 0.08;

  @TempDir private Path folder;

  @Test
  void cameraOfABrowser_isWatchedInAnother_andAsReplay(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From a browser");
    String base = "/hls/" + broadcast.id() + "/";
    try (Browser viewer = new Browser();
        BrowserPublisher presenter = new BrowserPublisher(broadcast, "video/VP8")) {
      viewer.open(broadcast.watchUrl());
      presenter.awaitConnected();
      viewer.awaitState("live");
      // Three segments at least, so that the player has gone over their borders.
      JsonNode live = viewer.awaitPlaying(9);
      assertThat(live.get("fatal").asInt()).as("%s", live).isZero();
      assertThat(live.get("audioBytes").asLong()).as("%s", live).isPositive();
      viewer.screenshot("whip-live");
      assertThat(api.get(base + "index.m3u8").body())
          .contains("720p.m3u8", "480p.m3u8", "240p.m3u8", "audio.m3u8")
          .doesNotContain("source.m3u8");

      JsonNode sent = presenter.end();
      assertThat(sent.at("/video/framesEncoded").asInt()).isPositive();
      assertThat(api.send("POST", path(broadcast) + "/end", producer, null).status())
          .isLessThan(300);
      awaitEnds(api, base);
      viewer.awaitState("replay|ended");
      viewer.press("start-over");
      viewer.awaitPlaying(0);
      viewer.awaitEnded();
      JsonNode seen = viewer.facts();
      assertThat(seen.get("documents").asInt()).as("page loads").isEqualTo(1);
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
    }
  }

  @Test
  void rtmpThenWhipThenRtmp_isOneTimeline_withSoundAndPictureTogether(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Both ways in");
    String base = "/hls/" + broadcast.id() + "/";
    try (Browser viewer = new Browser()) {
      viewer.open(broadcast.watchUrl());
      for (int publication = 1; publication <= 3; publication++) {
        try (Ffmpeg.Run publisher =
            publication == 2
                ? overWhip(ffmpeg, broadcast)
                : overRtmp(ffmpeg, rostrum.rtmp() + "/" + broadcast.streamKey())) {
          int expected = publication;
          await("publication " + expected)
              .atMost(Duration.ofSeconds(60))
              .until(() -> publications(api, producer, broadcast) == expected);
          assertThat(publisher.await()).as(publisher::log).isZero();
        }
        await("the publisher's leaving")
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.get(path(broadcast)).json().get("publisher").asText().equals("AWAY"));
      }
      assertThat(api.send("POST", path(broadcast) + "/end", producer, null).status())
          .isLessThan(300);
      List<String> playlists = awaitEnds(api, base);
      assertThat(playlists)
          .allSatisfy(
              playlist -> {
                assertThat(Playlists.judge(playlist)).as(playlist).isEmpty();
                assertThat(playlist).contains("#EXT-X-MEDIA-SEQUENCE:0");
                assertThat(playlist.lines().filter("#EXT-X-DISCONTINUITY"::equals).count())
                    .as(playlist)
                    .isGreaterThanOrEqualTo(2);
                assertThat(Playlists.seconds(playlist)).isGreaterThan(3 * SECONDS - 3);
              });
      assertThat(playlists.stream().map(Playlists::segments).distinct()).hasSize(1);

      viewer.awaitState("replay|ended");
      viewer.press("start-over");
      viewer.rate(2);
      viewer.awaitPlaying(0);
      viewer.awaitEnded();
      JsonNode seen = viewer.facts();
      assertThat(seen.get("documents").asInt()).as("page loads").isEqualTo(1);
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
    }
    // Six flashes in each publication, of which the first may go by before WebRTC is up.
    List<Double> leads =
        FlashAndBeep.leads(
            ffmpeg, rostrum.origin() + base + "480p.m3u8", rostrum.origin() + base + "audio.m3u8");
    assertThat(leads).hasSizeGreaterThanOrEqualTo(15);
    assertThat(leads).allSatisfy(lead -> assertThat(lead).isBetween(-MOST_LEAD, MOST_LEAD));
  }

  private static Ffmpeg.Run overRtmp(Ffmpeg ffmpeg, String url) throws IOException {
    return publish(ffmpeg, "-c:a", "aac", "-b:a", "128k", "-f", "flv", url);
  }

  private static Ffmpeg.Run overWhip(Ffmpeg ffmpeg, Api.Broadcast broadcast) throws IOException {
    return publish(
        ffmpeg,
        "-c:a",
        "libopus",
        "-authorization",
        broadcast.streamKey(),
        "-f",
        "whip",
        broadcast.whipUrl());
  }

  private static Ffmpeg.Run publish(Ffmpeg ffmpeg, String... output) throws IOException {
    List<String> arguments = new ArrayList<>(FlashAndBeep.inputs(SECONDS));
    arguments.addAll(
        List.of(
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-tune",
            "zerolatency",
            "-profile:v",
            "baseline",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "60"));
    arguments.addAll(List.of(output));
    return ffmpeg.start(arguments.toArray(String[]::new));
  }

  private static String path(Api.Broadcast broadcast) {
    return "/api/v1/broadcasts/" + broadcast.id();
  }

  private static int publications(Api api, String producer, Api.Broadcast broadcast) {
    return api.send("GET", path(broadcast) + "/health", producer, null)
        .json()
        .at("/timeline/publications")
        .asInt();
  }

  /** Waits for the end of every rendition; gives their playlists. */
  private static List<String> awaitEnds(Api api, String base) {
    List<String> playlists = new ArrayList<>();
    for (String child : Playlists.children(api.get(base + "index.m3u8").body())) {
      await("the end of " + child)
          .atMost(Duration.ofSeconds(60))
          .until(() -> Playlists.isEnded(api.get(base + child).body()));
      playlists.add(api.get(base + child).body());
    }
    assertThat(playlists).hasSizeGreaterThanOrEqualTo(3);
    return playlists;
  }
}

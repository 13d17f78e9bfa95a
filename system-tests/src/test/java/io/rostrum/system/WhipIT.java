package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Presenters who publish over WebRTC, seen by those who watch. */
@ExtendWith(Rostrum.Stack.class)
class WhipIT {
  /** {@code -Pnightly} takes all codecs and sources, and more time for each. */
  private static final boolean NIGHTLY = Boolean.getBoolean("rostrum.nightly");

  private static final int SECONDS = NIGHTLY ? 20 : 8;

  /** Of each publication with flashes and beeps. */
  private static final int FLASHING_SECONDS = NIGHTLY ? 20 : 5;

  /** Of sound against picture, in seconds. */
  private static final double MOST_LEAD = 0.08;

  @TempDir private Path folder;

  private interface Publication {
    void run() throws Exception;
  }

  /**
   * One viewer and one broadcast, to which browsers publish one after the other. Those who paint go
   * from 360 to 720 lines and back, as a way does that bears now more and now less.
   */
  @Test
  void publicationsOfAllCodecs_areWatched(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From browsers");
    String base = "/hls/" + broadcast.id() + "/";
    try (Browser viewer = new Browser()) {
      viewer.open(broadcast.watchUrl());
      double from = 0;
      for (Map<String, Object> wish : wishes()) {
        try (BrowserPublisher presenter = new BrowserPublisher(broadcast, wish)) {
          presenter.awaitConnected();
          viewer.awaitState("live");
          // Segments enough that the player has gone over their borders.
          JsonNode live = viewer.awaitPlaying(from + SECONDS);
          assertThat(live.get("fatal").asInt()).as("%s %s", wish, live).isZero();
          assertThat(live.get("audioBytes").asLong()).as("%s", live).isPositive();
          JsonNode sent = presenter.end();
          assertThat(sent.at("/video/framesEncoded").asInt()).isPositive();
          assertThat(sent.has(wish.get("codec").toString())).as("%s", sent).isTrue();
        }
        awaitAway(api, broadcast);
        from = viewer.facts().get("duration").asDouble();
      }
      viewer.screenshot("whip-live");
      assertThat(api.get(base + "index.m3u8").body())
          .contains("720p.m3u8", "480p.m3u8", "240p.m3u8", "audio.m3u8", "avc1.")
          .doesNotContain("source.m3u8");

      assertThat(api.send("POST", path(broadcast) + "/end", producer, null).status())
          .isLessThan(300);
      awaitEnds(api, base);
      if (NIGHTLY) {
        watchReplay(viewer);
      }
    }
  }

  private static List<Map<String, Object>> wishes() {
    List<Map<String, Object>> wishes = new ArrayList<>();
    for (String codec : List.of("video/VP8", "video/VP9")) {
      wishes.add(Map.of("codec", codec, "source", "canvas", "resizeAfter", 3));
    }
    // A camera in H.264 is what GoLiveIT's presenter sends.
    if (NIGHTLY) {
      wishes.add(Map.of("codec", "video/H264", "source", "canvas", "resizeAfter", 5));
      wishes.add(Map.of("codec", "video/AV1", "source", "canvas", "resizeAfter", 5));
      wishes.add(Map.of("codec", "video/VP8", "source", "camera"));
      wishes.add(Map.of("codec", "video/VP8", "source", "tab"));
    }
    return wishes;
  }

  /**
   * Nightly with a WebRTC sender beside the browser, a viewer from first to last, and more time.
   */
  @Test
  void rtmpThenWhipThenRtmp_isOneTimeline_withSoundAndPictureTogether(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Both ways in");
    String base = "/hls/" + broadcast.id() + "/";
    Publication overRtmp =
        () -> awaitEnd(overRtmp(ffmpeg, rostrum.rtmp() + "/" + broadcast.streamKey()));
    List<Publication> publications =
        new ArrayList<>(List.of(overRtmp, () -> flashesOfABrowser(broadcast), overRtmp));
    if (NIGHTLY) {
      publications.add(2, () -> awaitEnd(overWhip(ffmpeg, broadcast)));
    }
    try (Browser viewer = NIGHTLY ? new Browser() : null) {
      if (NIGHTLY) {
        viewer.open(broadcast.watchUrl());
      }
      int begun = 0;
      for (Publication publication : publications) {
        publication.run();
        int expected = ++begun;
        await("publication " + expected)
            .atMost(Duration.ofSeconds(60))
            .until(() -> publications(api, producer, broadcast) == expected);
        awaitAway(api, broadcast);
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
                    .isGreaterThanOrEqualTo(publications.size() - 1);
                assertThat(Playlists.seconds(playlist))
                    .isGreaterThan(publications.size() * (FLASHING_SECONDS - 1));
              });
      assertThat(playlists.stream().map(Playlists::segments).distinct()).hasSize(1);
      if (NIGHTLY) {
        watchReplay(viewer);
      }
    }
    // The first and the last flash of a publication over WebRTC may be cut.
    List<Double> leads =
        FlashAndBeep.leads(
            ffmpeg, rostrum.origin() + base + "480p.m3u8", rostrum.origin() + base + "audio.m3u8");
    System.out.println("Flashes before their beeps, in seconds: " + leads);
    assertThat(leads).hasSizeGreaterThanOrEqualTo(publications.size() * FLASHING_SECONDS / 2 - 4);
    assertThat(leads).allSatisfy(lead -> assertThat(lead).isBetween(-MOST_LEAD, MOST_LEAD));
  }

  private static void watchReplay(Browser viewer) throws Exception {
    viewer.awaitState("replay|ended");
    viewer.press("start-over");
    viewer.rate(2);
    // Each wait has a limit, and a nightly replay takes longer than that.
    viewer.awaitPlaying(0);
    viewer.awaitPlaying(viewer.facts().get("duration").asDouble() / 2);
    viewer.awaitEnded();
    JsonNode seen = viewer.facts();
    assertThat(seen.get("documents").asInt()).as("page loads").isEqualTo(1);
    assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
  }

  private static void awaitAway(Api api, Api.Broadcast broadcast) {
    await("the publisher's leaving")
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get(path(broadcast)).json().get("publisher").asText().equals("AWAY"));
  }

  private static void awaitEnd(Ffmpeg.Run publisher) throws Exception {
    try (publisher) {
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
  }

  private static void flashesOfABrowser(Api.Broadcast broadcast) throws Exception {
    Map<String, Object> wish =
        Map.of("codec", "video/H264", "source", "flashes", "seconds", FLASHING_SECONDS);
    try (BrowserPublisher presenter = new BrowserPublisher(broadcast, wish)) {
      presenter.awaitConnected();
      presenter.end();
    }
  }

  private static Ffmpeg.Run overRtmp(Ffmpeg ffmpeg, String url) throws IOException {
    return publish(ffmpeg, "-g", "60", "-c:a", "aac", "-b:a", "128k", "-f", "flv", url);
  }

  /** A sender that makes a key frame every ten seconds and none when it is asked, as OBS does. */
  private static Ffmpeg.Run overWhip(Ffmpeg ffmpeg, Api.Broadcast broadcast) throws IOException {
    return publish(
        ffmpeg,
        "-g",
        "300",
        "-c:a",
        "libopus",
        "-authorization",
        broadcast.streamKey(),
        "-f",
        "whip",
        broadcast.whipUrl());
  }

  private static Ffmpeg.Run publish(Ffmpeg ffmpeg, String... output) throws IOException {
    List<String> arguments = new ArrayList<>(FlashAndBeep.inputs(FLASHING_SECONDS));
    arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency"));
    arguments.addAll(List.of("-profile:v", "baseline", "-pix_fmt", "yuv420p"));
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

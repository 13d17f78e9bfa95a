package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes die in the middle of an event. */
@ExtendWith(Rostrum.Stack.class)
class OutagesIT {
  /** Whether outages last as long as they do in life. */
  private static final boolean NIGHTLY = Boolean.getBoolean("rostrum.nightly");

  private static final int OBJECT_STORE_AWAY_SECONDS = NIGHTLY ? 30 : 8;

  /** Within the time that ingest holds a publisher, 30 s. */
  private static final int KAFKA_AWAY_SECONDS = NIGHTLY ? 20 : 6;

  @TempDir private Path folder;

  @Test
  void catalogPostgresAndKeycloakKilled_viewersNoticeNothing_andTheIndexIsCompleteAfterwards(
      Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Without a catalog");
    Path clip = ffmpeg.clip(44);
    try (Browser viewer = new Browser();
        Ffmpeg.Run publisher = ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      viewer.open(broadcast.watchUrl());
      viewer.awaitState("live");
      viewer.awaitPlaying(0);
      for (String service : new String[] {"keycloak", "catalog", "postgres"}) {
        rostrum.command("kill", service);
      }
      try {
        double killedAt = viewer.facts().get("time").asDouble();
        JsonNode after = viewer.awaitPlaying(killedAt + 10);
        assertThat(after.get("fatal").asInt()).as("%s", after).isZero();
        assertThat(after.get("state").asText()).isEqualTo("live");
        // A viewer whose own network was away is live again, by themselves and without the catalog.
        viewer.offline(10);
        viewer.awaitLatency(5);
        viewer.awaitState("live");
        assertThat(publisher.await()).as(publisher::log).isZero();
      } finally {
        // Other tests need them, whatever became of this one.
        for (String service : new String[] {"postgres", "keycloak", "catalog"}) {
          rostrum.command("start", service);
        }
      }
    }
    String path = "/api/v1/broadcasts/" + broadcast.id();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api.send("POST", path + "/end", rostrum.token("producer"), null).status() < 300);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.get(path).json().path("state").asText().equals("ENDED"));
    long segments = Playlists.segments(api.get("/hls/" + broadcast.id() + "/source.m3u8").body());
    assertThat(segments).isGreaterThanOrEqualTo(11);
    await("every segment's fact in the catalog")
        .atMost(Duration.ofSeconds(20))
        .until(() -> facts(api, path, "close", segments) == segments);
  }

  @Test
  void transcoderAndPlaybackKilled_theRecordingHasEveryFrame(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Killed");
    Path clip = ffmpeg.clip(44);
    String base = "/hls/" + broadcast.id() + "/";
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Playlists.segments(api.get(base + "source.m3u8").body()) >= 2);
      rostrum.command("kill", "transcode");
      rostrum.command("start", "transcode");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Playlists.segments(api.get(base + "source.m3u8").body()) >= 4);
      rostrum.command("kill", "playback");
      rostrum.command("start", "playback");
      rostrum.command("kill", "transcode");
      rostrum.command("start", "transcode");
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
    end(api, producer, broadcast);
    assertRecordingIsWhole(rostrum, ffmpeg, broadcast, clip);
  }

  @Test
  void objectStoreAway_viewersGoOnFromMemory_andTheRecordingIsWholeAfterwards(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Without an object store");
    Path clip = ffmpeg.clip(OBJECT_STORE_AWAY_SECONDS + 24);
    String path = "/api/v1/broadcasts/" + broadcast.id();
    try (Browser viewer = new Browser();
        Ffmpeg.Run publisher = ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      viewer.open(broadcast.watchUrl());
      viewer.awaitState("live");
      JsonNode before = viewer.awaitPlaying(0);
      rostrum.command("kill", "s3");
      try {
        double killedAt = viewer.facts().get("time").asDouble();
        long storedBefore = facts(api, path, "stored", Long.MAX_VALUE);
        JsonNode after = viewer.awaitPlaying(killedAt + OBJECT_STORE_AWAY_SECONDS);
        assertThat(after.get("fatal").asInt()).as("%s after %s", after, before).isZero();
        assertThat(after.get("state").asText()).isEqualTo("live");
        // One may have been stored before its fact was written.
        assertThat(facts(api, path, "stored", Long.MAX_VALUE))
            .isLessThanOrEqualTo(storedBefore + 1);
      } finally {
        rostrum.command("start", "s3");
      }
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
    end(api, producer, broadcast);
    assertRecordingIsWhole(rostrum, ffmpeg, broadcast, clip);
    long segments = Playlists.segments(api.get("/hls/" + broadcast.id() + "/source.m3u8").body());
    await("everything in the object store")
        .atMost(Duration.ofSeconds(60))
        .until(() -> facts(api, path, "stored", segments) == segments);
  }

  @Test
  void kafkaAway_holdsThePublisher_andNothingThatItSentIsLost(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Without Kafka");
    Path clip = ffmpeg.clip(KAFKA_AWAY_SECONDS + 20);
    String base = "/hls/" + broadcast.id() + "/";
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(clip, rostrum.rtmp() + "/" + broadcast.streamKey())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Playlists.segments(api.get(base + "source.m3u8").body()) >= 2);
      rostrum.command("kill", "kafka");
      try {
        String listed = api.get(base + "source.m3u8").body();
        TimeUnit.SECONDS.sleep(KAFKA_AWAY_SECONDS); // How long it is away is what is tested.
        assertThat(publisher.isAlive()).as(publisher::log).isTrue();
        assertThat(Playlists.segments(api.get(base + "source.m3u8").body()))
            .isGreaterThanOrEqualTo(Playlists.segments(listed));
      } finally {
        rostrum.command("start", "kafka");
      }
      assertThat(publisher.await()).as(publisher::log).isZero();
    }
    end(api, producer, broadcast);
    assertRecordingIsWhole(rostrum, ffmpeg, broadcast, clip);
    assertThat(api.get(base + "source.m3u8").body()).doesNotContain("#EXT-X-GAP");
  }

  @Test
  void publisherKilledAndBack_goesOnInTheSameTimeline_andIsLetGoAtTheEnd(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Dropped");
    String base = "/hls/" + broadcast.id() + "/";
    String url = rostrum.rtmp() + "/" + broadcast.streamKey();
    try (Ffmpeg.Run publisher = ffmpeg.publish(ffmpeg.clip(12), url)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Playlists.segments(api.get(base + "source.m3u8").body()) >= 1);
    }
    try (Ffmpeg.Run publisher = ffmpeg.publish(ffmpeg.clip(44), url)) {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> Playlists.segments(api.get(base + "source.m3u8").body()) >= 5);
      assertThat(
              api.send("POST", "/api/v1/broadcasts/" + broadcast.id() + "/end", producer, null)
                  .status())
          .isLessThan(300);
      await("the end, with the publisher still sending")
          .atMost(Duration.ofSeconds(10))
          .until(() -> Playlists.isEnded(api.get(base + "source.m3u8").body()));
      publisher.await();
    }
    String playlist = api.get(base + "source.m3u8").body();
    assertThat(playlist.lines().filter("#EXT-X-DISCONTINUITY"::equals)).hasSize(1);
    assertThat(playlist).contains("#EXT-X-MEDIA-SEQUENCE:0");
    assertThat(Playlists.judge(playlist)).isEmpty();
    assertThat(Playlists.seconds(playlist)).isGreaterThan(10);
    Set<String> publications = new HashSet<>();
    api.get("/api/v1/broadcasts/" + broadcast.id() + "/timeline?limit=500")
        .json()
        .findValuesAsText("publication")
        .forEach(publications::add);
    assertThat(publications).hasSize(2);
  }

  /** Ends it; {@code end} is tried again, since services may still find their way back. */
  private static void end(Api api, String producer, Api.Broadcast broadcast) {
    String path = "/api/v1/broadcasts/" + broadcast.id() + "/end";
    await("end accepted")
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.send("POST", path, producer, null).status() < 300);
    await("end of the playlist")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Playlists.isEnded(api.get("/hls/" + broadcast.id() + "/source.m3u8").body()));
  }

  /** The replay has every frame of the file that was published, the encoded pictures too. */
  private static void assertRecordingIsWhole(
      Rostrum rostrum, Ffmpeg ffmpeg, Api.Broadcast broadcast, Path clip) throws Exception {
    String base = rostrum.origin() + "/hls/" + broadcast.id() + "/";
    List<String> pictures = ffmpeg.decodedFrames(clip.toString(), "0:v");
    assertThat(ffmpeg.decodedFrames(base + "source.m3u8", "0:v")).isEqualTo(pictures);
    assertThat(ffmpeg.codedFrames(base + "audio.m3u8", "0:a"))
        .isEqualTo(ffmpeg.codedFrames(clip.toString(), "0:a"));
    // What was left out while the outage was made up for is in the next revision.
    Api api = new Api(rostrum);
    String path = "/hls/" + broadcast.id() + "/";
    String encoded =
        await("480p without gaps")
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    Playlists.children(api.get(path + "index.m3u8").body()).stream()
                        .filter(child -> child.endsWith("480p.m3u8"))
                        .findFirst()
                        .orElseThrow(),
                child -> !api.get(path + child).body().contains("#EXT-X-GAP"));
    assertThat(ffmpeg.decodedFrames(base + encoded, "0:v")).hasSameSizeAs(pictures);
  }

  /** Facts of segments that belong to the recording; nobody published those behind it. */
  private static long facts(Api api, String path, String type, long segments) {
    long count = 0;
    for (long after = -1; ; ) {
      JsonNode page = api.get(path + "/timeline?limit=200&after=" + after).json();
      for (JsonNode record : page.get("facts")) {
        after = record.get("seq").asLong();
        JsonNode fact = record.get("fact");
        boolean counts = fact.get("type").asText().equals(type);
        count += counts && fact.get("msn").asLong() < segments ? 1 : 0;
      }
      if (!page.get("more").asBoolean()) {
        return count;
      }
    }
  }
}

package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The studio's go-live page: what presenters see when all is well, and when something is not. */
@ExtendWith(Rostrum.Stack.class)
class GoLiveIT {

  /** Forbidden, permitted, on air, and another camera, which viewers see without a break. */
  @Test
  void presenter_goesLive_andChangesTheCamera(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From the studio");
    try (Studio studio = new Studio();
        Browser viewer = new Browser()) {
      studio.open(broadcast);
      studio.await("problem", "Allow camera and microphone");
      studio.screenshot("golive-forbidden");

      studio.permit();
      viewer.open(broadcast.watchUrl());
      studio.press("go-live");
      JsonNode live = studio.await("publish", "live");
      assertThat(live.get("cameras")).as("%s", live).hasSize(4);
      assertThat(live.get("microphones")).as("%s", live).isNotEmpty();
      assertThat(live.get("problem").isNull()).as("%s", live).isTrue();
      studio.await("preview", "1280,720");
      studio.await("level", "0\\.[1-9]");
      viewer.awaitState("live");
      viewer.awaitPlaying(0);
      studio.screenshot("golive-on-air");

      assertThat(live.get("shows").asText()).as("%s", live).endsWith("_0");
      studio.chooseCamera(3);
      studio.await("shows", "fake_device_3");
      // Pictures that have stopped are given up after 5 s.
      viewer.awaitPlaying(viewer.facts().get("duration").asDouble() + 6);
      assertThat(viewer.facts().get("fatal").asInt()).isZero();
      assertThat(publications(api, producer, broadcast)).isEqualTo(1);
      assertThat(api.get("/hls/" + broadcast.id() + "/240p.m3u8").body())
          .doesNotContain("#EXT-X-DISCONTINUITY\n", "#EXT-X-GAP");

      studio.press("stop-live");
      studio.await("publish", "stopped");
    }
  }

  /**
   * A way that breaks is replaced in the same publication; an end by somebody else is not undone.
   */
  @Tag("nightly")
  @Test
  void presenter_survivesABrokenWay_andIsToldOfTheEnd(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From the studio, by two ways");
    try (Studio studio = new Studio();
        Browser viewer = new Browser()) {
      goLive(studio, viewer, broadcast);

      studio.cut();
      studio.await("publish", "interrupted");
      studio.screenshot("golive-interrupted");
      studio.await("publish", "live");
      viewer.awaitPlaying(viewer.facts().get("duration").asDouble());
      assertThat(asked(studio)).contains("PATCH 200").containsOnlyOnce("POST 201");
      assertThat(publications(api, producer, broadcast)).isEqualTo(1);

      assertThat(api.send("POST", path(broadcast) + "/end", producer, null).status())
          .isLessThan(300);
      studio.await("publish", "failed");
      studio.await("problem", "ended");
      studio.screenshot("golive-ended");
      assertThat(viewer.facts().get("fatal").asInt()).isZero();
    }
  }

  /** The node dies under the presenter, and another publication begins without a hand. */
  @Tag("nightly")
  @Test
  void ingest_killed_presenterComesBackByThemselves(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From the studio, twice");
    try (Studio studio = new Studio();
        Browser viewer = new Browser()) {
      goLive(studio, viewer, broadcast);

      rostrum.command("kill", "ingest");
      studio.await("publish", "interrupted");
      rostrum.command("start", "ingest");
      studio.await("publish", "live");
      viewer.awaitPlaying(viewer.facts().get("duration").asDouble());

      assertThat(asked(studio)).filteredOn("POST 201"::equals).hasSize(2);
      assertThat(publications(api, producer, broadcast)).isEqualTo(2);
      studio.press("stop-live");
      studio.await("publish", "stopped");
    }
  }

  /**
   * Ingest names a real TURN server and makes the password for it; the page gets out by no other
   * way.
   */
  @Tag("nightly")
  @Test
  void presenter_whoGetsOutByTurnOnly_goesLive(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "From behind a firewall");
    try (TurnServer turn = TurnServer.start()) {
      rostrum.command("kill", "ingest");
      rostrum.command(
          Map.of(
              "ROSTRUM_INGEST_WEBRTC_ICE_SERVERS", turn.uri(),
              "ROSTRUM_INGEST_WEBRTC_TURN_SECRET", turn.secret()),
          "start",
          "ingest");
      try (Studio studio = new Studio()) {
        studio.permit();
        studio.confine();
        studio.open(broadcast);
        studio.await("preview", "1280,720");
        studio.press("go-live");
        studio.await("publish", "live");
        studio.await("says", "Mb/s");
        assertThat(turn.log()).contains("ALLOCATE processed, success");
        studio.press("stop-live");
        studio.await("publish", "stopped");
      }
    } finally {
      rostrum.command("kill", "ingest");
      rostrum.command("start", "ingest");
    }
  }

  /** Returns when the viewer sees the presenter. */
  private static void goLive(Studio studio, Browser viewer, Api.Broadcast broadcast)
      throws IOException {
    studio.permit();
    studio.open(broadcast);
    viewer.open(broadcast.watchUrl());
    studio.await("preview", "1280,720");
    studio.press("go-live");
    studio.await("publish", "live");
    viewer.awaitState("live");
    viewer.awaitPlaying(0);
  }

  private static List<String> asked(Studio studio) throws Exception {
    List<String> asked = new ArrayList<>();
    studio.facts().get("asked").forEach(request -> asked.add(request.asText()));
    return asked;
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
}

package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and what the refused are told. */
@ExtendWith(Rostrum.Stack.class)
class RefusalsIT {
  @TempDir private Path folder;

  @Test
  void wrongStreamKey_isRefusedWithAnRtmpStatus(Rostrum rostrum) throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Path clip = ffmpeg.clip(2);
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(
            clip, rostrum.rtmp() + "/rst_nosuchkey_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")) {
      assertThat(publisher.await()).isNotZero();
      assertThat(publisher.log()).containsIgnoringCase("stream key");
    }
  }

  @Test
  void strangersAndViewers_cannotCreateBroadcasts(Rostrum rostrum) {
    Api api = new Api(rostrum);
    String body = "{\"title\":\"Mine\"}";
    Api.Answer stranger = api.send("POST", "/api/v1/broadcasts", null, body);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.header("content-type")).startsWith("application/problem+json");
    assertThat(api.send("POST", "/api/v1/broadcasts", rostrum.token("alice"), body).status())
        .isEqualTo(403);
    assertThat(api.send("POST", "/api/v1/broadcasts", rostrum.token("admin"), body).status())
        .isEqualTo(201);
  }

  @Test
  void brokenBody_isAProblemThatNamesTheField(Rostrum rostrum) {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Answer answer =
        api.send(
            "POST",
            "/api/v1/broadcasts",
            producer,
            "{\"title\":\"x\",\"audience\":{\"rules\":[{\"kind\":\"EVERYBODY\"}]}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("audience").contains("kind");
    JsonNode missing = api.send("POST", "/api/v1/broadcasts", producer, "{}").json();
    assertThat(missing.toString()).contains("title");
    assertThat(missing.get("status").asInt()).isEqualTo(400);
  }

  @Test
  void closedBroadcast_isForItsAudienceOnly(Rostrum rostrum) throws Exception {
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    JsonNode closed =
        api.send(
                "POST",
                "/api/v1/broadcasts",
                producer,
                "{\"title\":\"Staff only\",\"audience\":{\"rules\":[{\"kind\":\"GROUP\",\"name\":\"staff\"}]}}")
            .json();
    String id = closed.get("id").asText();
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    try (Ffmpeg.Run publisher =
        ffmpeg.publish(
            ffmpeg.clip(12), rostrum.rtmp() + "/" + closed.at("/ingest/streamKey").asText())) {
      String session = "/api/v1/broadcasts/" + id + "/playback-session";
      assertThat(api.send("POST", session, null, null).status()).isEqualTo(401);
      assertThat(api.send("POST", session, rostrum.token("bob"), null).status()).isEqualTo(403);
      JsonNode granted = api.send("POST", session, rostrum.token("alice"), null).json();
      String tokenUrl = granted.get("tokenHlsUrl").asText();
      org.awaitility.Awaitility.await()
          .until(() -> api.send("GET", tokenUrl, null, null).status() == 200);
      assertThat(api.get("/hls/" + id + "/index.m3u8").status()).isEqualTo(401);
      assertThat(api.get("/hls/" + id + "/source.m3u8").status()).isEqualTo(401);
      String elsewhere =
          tokenUrl.replace("/hls/" + id + "/", "/hls/" + createPublic(api, producer) + "/");
      assertThat(
              api.send("GET", tokenUrl.replace("index.m3u8", "source.m3u8"), null, null).status())
          .isEqualTo(200);
      assertThat(api.send("GET", elsewhere, null, null).status()).isNotEqualTo(200);
    }
  }

  private static String createPublic(Api api, String producer) {
    return api.create(producer, "Open to all").id();
  }
}

package io.rostrum.ingest.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.ingest.Intents;
import io.rostrum.ingest.whip.WhipSessions;
import io.rostrum.localstack.test.KafkaResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What WHIP's requests are answered with. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class WhipRulesIT extends IngestSetUp {

  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  @Inject WhipSessions sessions;

  private static RequestSpecification request(String type, String body) {
    return given().header("Content-Type", type).body(body.getBytes(StandardCharsets.UTF_8));
  }

  private RequestSpecification offer(StreamKey with) {
    return request(SDP, OFFER).header("Authorization", "Bearer " + with.reveal());
  }

  private Response opened() {
    return offer(key).post("/whip/" + id).then().statusCode(201).extract().response();
  }

  @Test
  void offer_isAnswered() {
    offer(key)
        .post("/whip/" + id)
        .then()
        .statusCode(201)
        .header("Content-Type", startsWith(SDP))
        .header("Location", matchesPattern("/whip/" + id + "/ingest-1\\.[a-z0-9A-Z]{20,}"))
        .header("ETag", matchesPattern("\".+\""))
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Expose-Headers", containsString("Location"))
        .body(startsWith("v=0"));
  }

  /** RFC 9725 §4.6: a field for each server, TURN with what clients sign in with. */
  @Test
  void offer_isAnsweredWithIceServers() {
    assertThat(opened().headers().getValues("Link"))
        .satisfiesExactly(
            stun -> assertThat(stun).isEqualTo("<stun:stun.example.org>; rel=\"ice-server\""),
            turn ->
                assertThat(turn)
                    .matches(
                        "<turn:turn.example.org:3478>; rel=\"ice-server\";"
                            + " username=\"\\d{10}:"
                            + id
                            + "\"; credential=\"[A-Za-z0-9+/]{27}=\";"
                            + " credential-type=\"password\""));
  }

  @Test
  void key_missingOrWrong_401() {
    request(SDP, OFFER)
        .post("/whip/" + id)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .contentType("application/problem+json")
        .body("status", equalTo(401));
    offer(StreamKey.generate()).post("/whip/" + id).then().statusCode(401);
    offer(new StreamKey(key.keyId(), StreamKey.generate().secret()))
        .post("/whip/" + id)
        .then()
        .statusCode(401);
  }

  @Test
  void broadcast_unknown_404_ofAnotherKey_401() throws Exception {
    offer(key).post("/whip/" + Ids.newBroadcastId()).then().statusCode(404);
    String other = Ids.newBroadcastId();
    topic.intent(Intents.open(other, true, StreamKey.generate()));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> offer(key).post("/whip/" + other).then().statusCode(401));
  }

  @Test
  void body_ofAnotherType_415_noSdp_400_noCodec_406_tooLong_413() {
    String auth = "Bearer " + key.reveal();
    String path = "/whip/" + id;
    request("application/json", "{}")
        .header("Authorization", auth)
        .post(path)
        .then()
        .statusCode(415);
    request(SDP, "hello").header("Authorization", auth).post(path).then().statusCode(400);
    request(SDP, "").header("Authorization", auth).post(path).then().statusCode(400);
    request(SDP, OFFER.replace("VP8", "H263").replace("opus", "PCMX"))
        .header("Authorization", auth)
        .post(path)
        .then()
        .statusCode(406);
    request(SDP, OFFER + "a=x\r\n".repeat(20_000))
        .header("Authorization", auth)
        .post(path)
        .then()
        .statusCode(413);
  }

  @Test
  void patch_followsTheRulesOfIfMatch() {
    Response opened = opened();
    String session = opened.header("Location");
    String tag = opened.header("ETag");
    String restart = "a=ice-ufrag:another\r\na=ice-pwd:15iMxO9GujD2fUWXSoi0ByNd\r\n";

    request(FRAGMENT, TRICKLE).header("If-Match", tag).patch(session).then().statusCode(204);
    request(FRAGMENT, TRICKLE).patch(session).then().statusCode(428);
    request(FRAGMENT, TRICKLE).header("If-Match", "\"old\"").patch(session).then().statusCode(412);
    request(SDP, TRICKLE).header("If-Match", tag).patch(session).then().statusCode(415);
    request(FRAGMENT, "nonsense").header("If-Match", tag).patch(session).then().statusCode(400);
    String newTag =
        request(FRAGMENT, restart)
            .header("If-Match", "*")
            .patch(session)
            .then()
            .statusCode(200)
            .header("ETag", not(equalTo(tag)))
            .extract()
            .header("ETag");
    request(FRAGMENT, restart).header("If-Match", tag).patch(session).then().statusCode(412);
    request(FRAGMENT, restart).header("If-Match", newTag).patch(session).then().statusCode(204);
  }

  /** What clients write in other ways than most. */
  @Test
  void requests_inOddForms_areUnderstood() {
    String auth = "bearer  " + key.reveal();
    Response opened =
        request("Application/SDP; charset=UTF-8", OFFER)
            .header("Authorization", auth)
            .header("Expect", "100-continue")
            .post("/whip/" + id + "/");
    assertThat(opened.statusCode()).isEqualTo(201);
    String session = opened.header("Location");
    String tag = opened.header("ETag");
    String type = FRAGMENT.toUpperCase(Locale.ROOT) + ";charset=utf-8";

    for (String match : List.of("W/" + tag, "\"old\", " + tag, " * ")) {
      request(type, TRICKLE).header("If-Match", match).patch(session).then().statusCode(204);
    }
    // Only an end of candidates; and nothing at all.
    for (String body : List.of("a=end-of-candidates\r\n", "")) {
      request(FRAGMENT, body).header("If-Match", tag).patch(session).then().statusCode(204);
    }
  }

  @Test
  void types_andMethods_thatAreRefused_tellWhatIsTaken() {
    String session = opened().header("Location");

    request(SDP, TRICKLE)
        .header("If-Match", "*")
        .patch(session)
        .then()
        .statusCode(415)
        .header("Accept-Patch", FRAGMENT);
    request("text/plain", OFFER)
        .header("Authorization", "Bearer " + key.reveal())
        .post("/whip/" + id)
        .then()
        .statusCode(415)
        .header("Accept-Post", SDP);
    for (Method method : List.of(Method.GET, Method.PUT, Method.POST)) {
      given()
          .request(method, session)
          .then()
          .statusCode(405)
          .header("Allow", containsString("DELETE"));
    }
    given().head(session).then().statusCode(405);
    given()
        .options(session)
        .then()
        .statusCode(204)
        .header("Accept-Patch", FRAGMENT)
        .header("Access-Control-Allow-Methods", containsString("PATCH"));
    for (String name : List.of("nonsense", "ingest-1.", ".x", "ingest-1.%00")) {
      given().delete("/whip/" + id + "/" + name).then().statusCode(404);
    }
    given().delete("/whip/" + Ids.newBroadcastId() + "/" + nameOf(session)).then().statusCode(404);
    given().delete(session).then().statusCode(200);
  }

  private static String nameOf(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Test
  void delete_endsTheSession_andMayBeRepeated() {
    String session = opened().header("Location");

    given().header("Authorization", "Bearer wrong").delete(session).then().statusCode(401);
    given().delete(session).then().statusCode(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> sessions.names().isEmpty());
    given().delete(session).then().statusCode(200);
    given().delete("/whip/" + id + "/ingest-1.never").then().statusCode(404);
    request(FRAGMENT, TRICKLE).header("If-Match", "*").patch(session).then().statusCode(404);
  }

  /** Whoever comes back by themselves must see that this was meant. */
  @Test
  void restart_ofASessionWhoseBroadcastWasEnded_410() throws Exception {
    try (Ffmpeg.Run publisher = publisher(id, key)) {
      topic.awaitRecord(id, PublicationStart.class::isInstance);
      String session = "/whip/" + id + "/ingest-1." + sessions.names().get(0);

      topic.intent(Intents.ending(id, key));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  request(FRAGMENT, TRICKLE)
                      .header("If-Match", "*")
                      .patch(session)
                      .then()
                      .statusCode(410)
                      .body("detail", containsString("ended")));
    }
  }

  @Test
  void session_ofAnotherNode_404NamesIt() {
    given()
        .delete("/whip/" + id + "/ingest-7.abc")
        .then()
        .statusCode(404)
        .body("detail", containsString("ingest-7"));
  }

  @Test
  void guesses_ofOneAddress_429_ofAnother_not() {
    StreamKey wrong = new StreamKey(key.keyId(), StreamKey.generate().secret());
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                offer(wrong)
                        .header("X-Forwarded-For", "203.0.113.9")
                        .post("/whip/" + id)
                        .statusCode()
                    == 429);

    offer(key).header("X-Forwarded-For", "203.0.113.9").post("/whip/" + id).then().statusCode(429);
    offer(key).header("X-Forwarded-For", "203.0.113.8").post("/whip/" + id).then().statusCode(201);
  }

  @Test
  void options_tellWhatIsAllowed() {
    given()
        .header("Origin", "https://studio.example.org")
        .options("/whip/" + id)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Methods", containsString("POST"))
        .header("Access-Control-Allow-Headers", containsString("Authorization"))
        .header("Accept-Post", SDP);
    given().get("/whip/" + id).then().statusCode(405).header("Allow", containsString("POST"));
  }

  @Test
  void secondPublisher_whereTakeOverIsOff_409() throws Exception {
    String closed = Ids.newBroadcastId();
    StreamKey closedKey = StreamKey.generate();
    topic.intent(Intents.open(closed, false, closedKey));
    try (Ffmpeg.Run first = publisher(closed, closedKey)) {
      topic.awaitRecord(closed, PublicationStart.class::isInstance);

      offer(closedKey).post("/whip/" + closed).then().statusCode(409);
      assertThat(first.isAlive()).isTrue();
    }
  }

  private Ffmpeg.Run publisher(String broadcast, StreamKey with) throws Exception {
    return ffmpeg.start(
        "-re",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=320x240:r=15",
        "-f",
        "lavfi",
        "-i",
        "sine=r=48000",
        "-t",
        "60",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-profile:v",
        "baseline",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "30",
        "-c:a",
        "libopus",
        "-ac",
        "2",
        "-authorization",
        with.reveal(),
        "-f",
        "whip",
        "http://127.0.0.1:" + io.restassured.RestAssured.port + "/whip/" + broadcast);
  }

  private static final String TRICKLE =
      "a=ice-ufrag:yxYb\r\na=ice-pwd:05iMxO9GujD2fUWXSoi0ByNd\r\n";

  private static final String OFFER =
      """
      v=0
      o=- 1 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=ice-ufrag:yxYb
      a=ice-pwd:05iMxO9GujD2fUWXSoi0ByNd
      a=fingerprint:sha-256 6D:80:B4:48:5E:0F:7E:11:1B:67:0A:17:5C:5C:72:5B:57:11:2C:9F:16:6A:8C:6A:31:3B:3B:9C:18:7C:4E:4F
      a=setup:actpass
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 0.0.0.0
      a=mid:0
      a=sendonly
      a=rtcp-mux
      a=rtpmap:111 opus/48000/2
      m=video 9 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 0.0.0.0
      a=mid:1
      a=sendonly
      a=rtcp-mux
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 nack pli
      """;
}

package io.rostrum.catalog.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKey;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateBroadcastTest extends CatalogTest {
  @Stack TestStack stack;
  @Inject EntityManager entityManager;

  @Test
  void create_titleOnly_hasTheDefaults() {
    var response =
        Api.as(Tokens.producer())
            .contentType(ContentType.JSON)
            .body(Map.of("title", "  Town hall "))
            .post(Api.BROADCASTS)
            .then()
            .statusCode(201)
            .extract();

    JsonPath json = response.jsonPath();
    String id = json.getString("id");
    assertThat(response.header("Location")).endsWith("/api/v1/broadcasts/" + id);
    assertThat(json.getString("title")).isEqualTo("Town hall");
    assertThat(json.getString("state")).isEqualTo("DRAFT");
    assertThat(json.getString("publisher")).isEqualTo("AWAY");
    assertThat(json.getString("watchUrl")).isEqualTo("https://rostrum.example/watch/" + id);
    assertThat(json.getString("hlsUrl"))
        .isEqualTo("https://rostrum.example/hls/" + id + "/index.m3u8");
    assertThat(json.getString("ingest.rtmpUrl")).isEqualTo("rtmp://ingest.example/live");
    assertThat(json.getString("ingest.rtmpsUrl")).isEqualTo("rtmps://127.0.0.1:1936/live");
    assertThat(json.getString("ingest.whipUrl")).isEqualTo("https://rostrum.example/whip/" + id);
    assertThat(json.getList("audience.rules.kind")).isEqualTo(List.of("SIGNED_IN"));
    assertThat(json.getInt("dvr.liveWindowSeconds")).isEqualTo(900);
    assertThat(json.getBoolean("publishing.takeover")).isTrue();
    assertThat(json.getInt("publishing.autoEndSeconds")).isEqualTo(1800);
  }

  @Test
  void create_everything_reachesTheOtherServices() {
    JsonPath created =
        Api.create(
            Map.of(
                "title",
                "All-hands",
                "description",
                "First line\nsecond line",
                "startsAt",
                "2026-09-01T09:00:00+02:00",
                "audience",
                Api.audience(
                    Map.of("kind", "GROUP", "name", "staff"),
                    Map.of("kind", "PERSON", "name", "bob")),
                "dvr",
                Map.of("liveWindowSeconds", 300),
                "publishing",
                Map.of("takeover", false, "autoEndSeconds", 60)));

    BroadcastIntent intent = new BroadcastsTopic(stack).await(created.getString("id"), any -> true);
    assertThat(created.getString("state")).isEqualTo("SCHEDULED");
    assertThat(intent.revision()).isEqualTo(1);
    assertThat(intent.title()).isEqualTo("All-hands");
    assertThat(intent.startsAt()).isEqualTo("2026-09-01T07:00:00Z");
    assertThat(intent.liveWindowSeconds()).isEqualTo(300);
    assertThat(intent.takeover()).isFalse();
    assertThat(intent.autoEnd()).isEqualTo(Duration.ofSeconds(60));
    assertThat(intent.endRequested()).isFalse();
    assertThat(intent.audience().admits("alice", Set.of("staff"))).isTrue();
    assertThat(intent.audience().admits("carol", Set.of("guests"))).isFalse();
    assertThat(intent.audience().rules())
        .as("whoever made it may watch it")
        .contains(new Audience.Rule(Audience.Kind.PERSON, "producer"));
  }

  @Test
  void create_streamKey_isShownOnceAndKeptAsHash() {
    JsonPath created = Api.create(Map.of("title", "Secret keeper"));
    String id = created.getString("id");
    StreamKey key = StreamKey.parse(created.getString("ingest.streamKey")).orElseThrow();

    BroadcastIntent intent = new BroadcastsTopic(stack).await(id, any -> true);
    assertThat(intent.streamKeys()).singleElement().matches(key::matches);
    String later = Api.as(Tokens.producer()).get(Api.BROADCASTS + "/" + id).asString();
    assertThat(later).contains(key.keyId()).doesNotContain(key.secret());
    assertThat(
            entityManager
                .createNativeQuery(
                    "select row_to_json(k)::text from stream_key k where key_id = '"
                        + key.keyId()
                        + "' union all select payload from broadcast_outbox")
                .getResultList()
                .toString())
        .contains(key.keyId())
        .doesNotContain(key.secret());
  }

  @Test
  void create_signedOut_is401WithChallenge() {
    var response =
        RestAssured.given()
            .contentType(ContentType.JSON)
            .body(Map.of("title", "No"))
            .post(Api.BROADCASTS)
            .then()
            .statusCode(401)
            .contentType("application/problem+json")
            .extract();
    assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(response.jsonPath().getString("detail")).contains("Sign in");
  }

  @Test
  void create_asViewer_is403() {
    Api.as(Tokens.alice())
        .contentType(ContentType.JSON)
        .body(Map.of("title", "No"))
        .post(Api.BROADCASTS)
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
  }
}

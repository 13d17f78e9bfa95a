package io.rostrum.catalog.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeBroadcastTest extends CatalogTest {
  @Stack TestStack stack;

  @Test
  void patch_someFields_leavesTheOthers() {
    String id =
        Api.create(
                Map.of(
                    "title", "Before", "description", "Kept", "startsAt", "2026-05-01T10:00:00Z"))
            .getString("id");

    var json = patch(id, "{\"title\": \"After\", \"startsAt\": null}").statusCode(200).extract();

    assertThat(json.jsonPath().getString("title")).isEqualTo("After");
    assertThat(json.jsonPath().getString("description")).isEqualTo("Kept");
    assertThat(json.jsonPath().getString("state")).isEqualTo("DRAFT");
    BroadcastIntent intent =
        new BroadcastsTopic(stack).await(id, any -> any.title().equals("After"));
    assertThat(intent.revision()).isEqualTo(2);
    assertThat(intent.startsAt()).isNull();
  }

  @Test
  void patch_cancelled_goesThereAndBack() {
    String id = Api.createPublic("Called off");
    assertThat(state(patch(id, "{\"cancelled\": true}"))).isEqualTo("CANCELLED");
    Api.as(Tokens.producer())
        .post(Api.BROADCASTS + "/" + id + "/stream-keys")
        .then()
        .statusCode(409);
    Api.as(Tokens.producer()).post(Api.BROADCASTS + "/" + id + "/end").then().statusCode(409);
    assertThat(state(patch(id, "{\"cancelled\": false}"))).isEqualTo("DRAFT");
  }

  @Test
  void patch_ofTheLive_takesTitleButNotSchedule() {
    String id = Api.createPublic("On air");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.connected(), Facts.open(0));
    }
    await().until(() -> state(get(id)).equals("LIVE"));

    patch(id, "{\"title\": \"Still on air\"}").statusCode(200);
    for (String fixed :
        List.of(
            "{\"startsAt\": null}",
            "{\"cancelled\": true}",
            "{\"dvr\": {\"liveWindowSeconds\": 60}}")) {
      assertThat(patch(id, fixed).statusCode(409).extract().jsonPath().getString("detail"))
          .contains("LIVE");
    }
  }

  @Test
  void end_calledAgain_changesNothing() {
    String id = Api.createPublic("Ends once");
    end(id).statusCode(202);
    end(id).statusCode(202);
    patch(id, "{\"title\": \"Ended once\"}").statusCode(200);

    List<Optional<BroadcastIntent>> records =
        new BroadcastsTopic(stack).until(id, any -> any.orElseThrow().title().equals("Ended once"));
    assertThat(records).extracting(any -> any.orElseThrow().revision()).containsExactly(1L, 2L, 3L);
    assertThat(records)
        .extracting(any -> any.orElseThrow().endRequested())
        .containsExactly(false, true, true);
    assertThat(records.get(1).orElseThrow().endRequestedAt())
        .isEqualTo(records.get(2).orElseThrow().endRequestedAt());
  }

  @Test
  void end_ofTheEnded_is200() {
    String id = Api.createPublic("Over");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.open(0), Facts.close(0), Facts.end(1));
    }
    await().until(() -> state(get(id)).equals("ENDED"));
    end(id).statusCode(200);
    Api.as(Tokens.producer())
        .post(Api.BROADCASTS + "/" + id + "/publish-token")
        .then()
        .statusCode(409);
  }

  @Test
  void change_byViewers_isRefused() {
    String id = Api.createPublic("Not yours");
    String path = Api.BROADCASTS + "/" + id;
    Api.as(Tokens.bob())
        .contentType(ContentType.JSON)
        .body("{}")
        .patch(path)
        .then()
        .statusCode(403);
    Api.as(Tokens.bob()).post(path + "/end").then().statusCode(403);
    Api.as(Tokens.bob()).delete(path).then().statusCode(403);
    Api.as(Tokens.bob()).post(path + "/stream-keys").then().statusCode(403);
    Api.as(Tokens.bob()).post(path + "/publish-token").then().statusCode(403);
  }

  @Test
  void get_audience_decidesWhoSees() {
    String id =
        Api.create(
                Map.of(
                    "title",
                    "Staff only",
                    "audience",
                    Api.audience(Map.of("kind", "GROUP", "name", "staff"))))
            .getString("id");
    String path = Api.BROADCASTS + "/" + id;

    RestAssured.get(path).then().statusCode(401);
    Api.as(Tokens.bob()).get(path).then().statusCode(403);
    var alice = Api.as(Tokens.alice()).get(path).then().statusCode(200).extract().jsonPath();
    var admin = Api.as(Tokens.admin()).get(path).then().statusCode(200).extract().jsonPath();
    assertThat(alice.<Object>get("audience")).isNull();
    assertThat(alice.<Object>get("ingest")).isNull();
    assertThat(alice.<Object>get("streamKeys")).isNull();
    assertThat(admin.<Object>get("audience")).isNotNull();
    assertThat(admin.getList("streamKeys")).hasSize(1);
  }

  private static ValidatableResponse patch(String id, String body) {
    return Api.as(Tokens.producer())
        .contentType("application/merge-patch+json")
        .body(body)
        .patch(Api.BROADCASTS + "/" + id)
        .then();
  }

  private static ValidatableResponse end(String id) {
    return Api.as(Tokens.producer()).post(Api.BROADCASTS + "/" + id + "/end").then();
  }

  private static ValidatableResponse get(String id) {
    return RestAssured.get(Api.BROADCASTS + "/" + id).then();
  }

  private static String state(ValidatableResponse response) {
    return response.statusCode(200).extract().jsonPath().getString("state");
  }
}

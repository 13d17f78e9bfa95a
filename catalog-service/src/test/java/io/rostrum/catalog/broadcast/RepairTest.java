package io.rostrum.catalog.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.timeline.Fact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RepairTest extends CatalogTest {
  @Stack TestStack stack;
  private TimelineTopic timeline;
  private String id;

  @BeforeEach
  void open() {
    timeline = new TimelineTopic(stack);
    id = Api.createPublic("Repair");
  }

  @AfterEach
  void close() {
    timeline.close();
  }

  private void end() {
    timeline.append(id, 0, Facts.open(0), Facts.close(0), Facts.stored(0), Facts.end(1));
    await().until(() -> broadcast().getString("state"), "ENDED"::equals);
  }

  @Test
  void repair_ofWhatIsNotOver_isRefusedWithWhatToDo() {
    Response early = repair(Map.of());
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.jsonPath().getString("detail")).contains("no recording to repair");
    timeline.append(id, 0, Facts.open(0));
    await().until(() -> broadcast().getString("state"), "LIVE"::equals);
    Response live = repair(Map.of());
    assertThat(live.statusCode()).isEqualTo(409);
    assertThat(live.contentType()).startsWith("application/problem+json");
    assertThat(live.jsonPath().getString("detail")).contains("/end");
  }

  @Test
  void repair_withWhatIsNoRung_orByWhoMayNot_isRefused() {
    end();
    assertThat(repair(Map.of("rungs", List.of("720p", "999p"))).statusCode()).isEqualTo(400);
    assertThat(repair(Map.of("rungs", List.of())).statusCode()).isEqualTo(400);
    assertThat(repair(Map.of("rung", "720p")).statusCode()).isEqualTo(400);
    assertThat(Api.as(Tokens.bob()).post(path()).statusCode()).isEqualTo(403);
  }

  @Test
  void repair_isWantedOnce_andAnsweredByTheTimeline() {
    end();
    assertThat(Api.as(Tokens.producer()).post(path()).statusCode()).isEqualTo(202);
    assertThat(broadcast().getString("recording.repair.state")).isEqualTo("PENDING");
    long revision = broadcast().getLong("revision");
    assertThat(repair(Map.of()).statusCode()).isEqualTo(202);
    assertThat(broadcast().getLong("revision")).isEqualTo(revision);
    assertThat(repair(Map.of("rungs", List.of("480p"))).statusCode()).isEqualTo(202);
    Repair wanted =
        new BroadcastsTopic(stack)
            .await(id, intent -> intent.repair() != null && intent.repair().rungs() != null)
            .repair();
    assertThat(wanted.rungs()).containsExactly("480p");

    timeline.append(
        id,
        4,
        new Fact.Revised(1, "key", "ab".repeat(32), 2, wanted.id(), "2 cannot.", Facts.START));

    await().until(() -> broadcast().getString("recording.repair.state"), "INCOMPLETE"::equals);
    assertThat(broadcast().getInt("recording.revision")).isEqualTo(1);
    assertThat(broadcast().getLong("recording.gaps")).isEqualTo(2);
    assertThat(broadcast().getString("recording.repair.problem")).isEqualTo("2 cannot.");
    assertThat(
            Api.as(Tokens.producer())
                .get(Api.BROADCASTS + "/" + id + "/health")
                .jsonPath()
                .getInt("recording.revision"))
        .isEqualTo(1);
  }

  private Response repair(Map<String, ?> body) {
    return Api.as(Tokens.producer()).contentType(ContentType.JSON).body(body).post(path());
  }

  private String path() {
    return Api.BROADCASTS + "/" + id + "/repair";
  }

  private JsonPath broadcast() {
    return Api.as(Tokens.producer()).get(Api.BROADCASTS + "/" + id).jsonPath();
  }
}

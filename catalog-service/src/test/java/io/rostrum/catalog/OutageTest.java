package io.rostrum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Invariants 1 and 3: what the catalog needs may die at any time; nothing is lost by it. */
@QuarkusTest
class OutageTest extends CatalogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Stack TestStack stack;

  @Test
  void postgresKilled_factsMeanwhile_areIndexedWhenItIsBack() {
    String id = Api.createPublic("Without a database");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.segments(0, 10));
      stack.killPostgres();
      try {
        timeline.append(id, 30, Facts.segments(10, 10));
        Response response = RestAssured.get(Api.BROADCASTS + "/" + id);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.jsonPath().getString("type"))
            .isEqualTo("urn:rostrum:problem:database-away");
      } finally {
        stack.restartPostgres();
      }
      timeline.append(id, 60, Facts.end(20));
    }
    awaitComplete(id, 61);
  }

  @Test
  void kafkaKilled_changesMeanwhile_arriveInOrderWhenItIsBack() {
    String id = Api.createPublic("Without a log");
    new BroadcastsTopic(stack).await(id, any -> true);
    stack.killKafka();
    try {
      for (int i = 1; i <= 5; i++) {
        Api.as(Tokens.producer())
            .contentType(ContentType.JSON)
            .body(Map.of("title", "Title " + i))
            .patch(Api.BROADCASTS + "/" + id)
            .then()
            .statusCode(200);
      }
    } finally {
      stack.restartKafka();
    }
    List<Optional<BroadcastIntent>> records =
        new BroadcastsTopic(stack).until(id, any -> any.orElseThrow().title().equals("Title 5"));
    assertThat(records).extracting(any -> any.orElseThrow().revision()).isSorted();
    assertThat(records)
        .extracting(any -> any.orElseThrow().revision())
        .contains(1L, 2L, 3L, 4L, 5L, 6L);

    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.segments(0, 3));
    }
    awaitComplete(id, 9);
  }

  private static void awaitComplete(String id, long facts) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonPath page = RestAssured.get(Api.BROADCASTS + "/" + id + "/timeline").jsonPath();
              List<Long> seqs = new ArrayList<>();
              page.<Number>getList("facts.seq").forEach(seq -> seqs.add(seq.longValue()));
              assertThat(seqs).isEqualTo(LongStream.range(0, facts).boxed().toList());
              assertThat(page.getLong("missingFacts")).isZero();
            });
  }
}

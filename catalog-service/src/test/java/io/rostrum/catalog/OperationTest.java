package io.rostrum.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperationTest extends CatalogTest {
  @Test
  void readiness_migratedAndRelaying_isUp() {
    await().until(() -> RestAssured.get("/q/health/ready").statusCode(), status -> status == 200);
    assertThat(RestAssured.get("/q/health/ready").jsonPath().getList("checks.name"))
        .contains("schema", "outbox relay");
    RestAssured.get("/q/health/live").then().statusCode(200);
  }

  @Test
  void metrics_ofTheWork_areThere() {
    assertThat(RestAssured.get("/q/metrics").asString())
        .contains("rostrum_timeline_indexed_total", "rostrum_outbox_published_total");
  }

  @Test
  void openApi_describesEveryCall() {
    assertThat(RestAssured.get("/api/openapi").asString())
        .contains(
            "/api/v1/broadcasts:",
            "/api/v1/broadcasts/{id}:",
            "/api/v1/broadcasts/{id}/end:",
            "/api/v1/broadcasts/{id}/stream-keys:",
            "/api/v1/broadcasts/{id}/stream-keys/{keyId}:",
            "/api/v1/broadcasts/{id}/publish-token:",
            "/api/v1/broadcasts/{id}/timeline:",
            "/api/v1/broadcasts/{id}/playback-session:");
  }
}

package io.rostrum.transcode.health;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The service as it runs, beside a real Kafka and a real S3 server. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
class TranscodeServiceTest {
  @Test
  void service_becomesReady_onceItOwnsPartitions_andShowsItsMetrics() {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/q/health/ready")
        .then()
        .body("checks[0].name", equalTo("owner loop"))
        .body("checks[0].data.state", containsString("owns"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("rostrum_transcode_broadcasts"));
  }
}

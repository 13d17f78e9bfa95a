package io.rostrum.ingest.it;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.ingest.rtmp.RtmpServer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service where there is no Kafka at its start. */
@QuarkusTest
@TestProfile(KafkaAwayIT.NoKafka.class)
class KafkaAwayIT {

  /** A port that nobody listens on. */
  public static final class NoKafka implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kafka.bootstrap.servers", "127.0.0.1:9", "rostrum.ingest.rtmp.port", "0");
    }
  }

  @Inject RtmpServer server;

  @Test
  void readiness_saysWhatIsMissing() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'ingest' }.status", equalTo("DOWN"))
                    .body(
                        "checks.find { it.name == 'ingest' }.data.waitingFor",
                        containsString("imeout")));
    get("/q/health/live").then().statusCode(200);
  }

  @Test
  void publisher_isToldToTryAgain() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      assertThat(RawPublisher.description(publisher.publish(StreamKey.generate().reveal())))
          .contains("starting");
    }
  }
}

package io.rostrum.catalog.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Publisher;
import io.rostrum.contracts.health.HealthReport.Video;
import io.rostrum.contracts.health.HealthReport.Warning;
import io.rostrum.contracts.timeline.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest extends CatalogTest {
  @Stack TestStack stack;

  @Test
  void health_ofALiveBroadcast_hasTheReportAndTheTimeline() {
    String id = Api.createPublic("Health");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(
          id, 0, Facts.connected(), Facts.open(0), Facts.close(0), Facts.gone(), Facts.open(1));
      timeline.append(id, 5, Facts.gap(1, Fact.GAP_PUBLISHER_AWAY), Facts.connected());
    }
    send(publisher(id, true));

    await().until(() -> health(id).get("publication.video.codec"), "avc1.64001f"::equals);
    await().until(() -> health(id).getInt("timeline.publications"), found -> found == 2);
    JsonPath health = health(id);
    assertThat(health.getString("state")).isEqualTo("LIVE");
    assertThat(health.getString("publisher")).isEqualTo("CONNECTED");
    assertThat(health.getDouble("publication.video.keyframeIntervalSeconds")).isEqualTo(10.0);
    assertThat(health.getList("warnings.code")).isEqualTo(List.of("KEYFRAME_INTERVAL_LONG"));
    assertThat(health.getInt("timeline.reconnects")).isEqualTo(1);
    assertThat(health.getInt("timeline.awaySegments")).isEqualTo(1);
    assertThat(health.getInt("timeline.gapSegments")).isZero();
  }

  @Test
  void health_whileThePublisherIsAway_saysWhatToDo() {
    String id = Api.createPublic("Health");
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(id, 0, Facts.connected(), Facts.open(0), Facts.close(0), Facts.gone());
    }
    send(publisher(id, false));

    await().until(() -> health(id).getList("warnings.code"), List.of("PUBLISHER_AWAY")::equals);
    assertThat(health(id).getString("warnings[0].text")).contains("1800 s");
    assertThat(health(id).<Object>get("publication")).isNull();
  }

  @Test
  void health_ofNothing_hasNoWarnings() {
    String id = Api.createPublic("Health");

    assertThat(health(id).getList("warnings")).isEmpty();
    assertThat(health(id).getString("state")).isEqualTo("DRAFT");
  }

  @Test
  void health_isForThoseWhoManage() {
    String path = Api.BROADCASTS + "/" + Api.createPublic("Health") + "/health";

    RestAssured.get(path).then().statusCode(401).contentType("application/problem+json");
    Api.as(Tokens.alice()).get(path).then().statusCode(403);
    Api.as(Tokens.producer()).get(Api.BROADCASTS + "/nothere/health").then().statusCode(404);
  }

  private static JsonPath health(String id) {
    return Api.as(Tokens.producer())
        .get(Api.BROADCASTS + "/" + id + "/health")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static Publisher publisher(String id, boolean connected) {
    Instant now = Instant.now();
    return new Publisher(
        id,
        "ingest-1",
        now,
        "pub2345",
        connected,
        now.minusSeconds(30),
        "RTMP",
        "OBS",
        new Video("avc1.64001f", 1280, 720, 30, 2_500_000, 10, 0),
        null,
        2_500_000,
        9_000_000,
        0,
        0,
        0,
        0,
        List.of(new Warning("KEYFRAME_INTERVAL_LONG", "Keyframes every 10 s.")));
  }

  private void send(HealthReport report) {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              Topic.HEALTH.topicName(),
              report.broadcast().getBytes(StandardCharsets.UTF_8),
              report.toBytes()));
    }
  }
}

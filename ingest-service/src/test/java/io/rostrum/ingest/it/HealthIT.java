package io.rostrum.ingest.it;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.health.HealthReport.Warning;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.localstack.test.KafkaResource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** What producers and operators hear of a publisher. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class HealthIT extends IngestSetUp {

  private final List<HealthReport.Publisher> reports = new ArrayList<>();

  @Test
  void publisher_isReportedWhileItIsThere_andOnceWhenItGoes() throws Exception {
    Path file = clip("health.flv", 60, "30", "-g", "300", "-sc_threshold", "0", "-b:v", "300k");
    try (KafkaConsumer<byte[], byte[]> consumer = health();
        Ffmpeg.Run run = publishInRealTime(file)) {
      topic.awaitRecord(id, Chunk.class::isInstance);

      HealthReport.Publisher report =
          awaitReport(
              consumer,
              r ->
                  r.warnings().stream()
                      .map(Warning::code)
                      .anyMatch("KEYFRAME_INTERVAL_LONG"::equals));

      assertThat(report.protocol()).isEqualTo("RTMP");
      assertThat(report.connected()).isTrue();
      assertThat(report.node()).isNotEmpty();
      assertThat(report.client()).isNotEmpty();
      assertThat(report.video().codec()).startsWith("avc1.");
      assertThat(report.video().width()).isEqualTo(320);
      assertThat(report.video().height()).isEqualTo(240);
      assertThat(report.video().framesPerSecond()).isBetween(29.5, 30.5);
      assertThat(report.audio().codec()).isEqualTo("mp4a.40.2");
      assertThat(report.audio().sampleRate()).isEqualTo(48_000);
      assertThat(report.bitsPerSecond()).isPositive();
      assertThat(report.timestampJumps()).isZero();
      assertThat(report.warnings())
          .extracting(Warning::text)
          .anyMatch(text -> text.contains("set the keyframe interval to 2 s in OBS"));
      assertThat(gauges()).anyMatch(line -> line.contains("resolution=\"320x240\""));
      assertThat(gauges())
          .anyMatch(line -> line.startsWith("rostrum_ingest_publisher_keyframe_interval_seconds"));

      run.kill();

      awaitReport(consumer, r -> !r.connected());
      await().atMost(Duration.ofSeconds(30)).until(() -> gauges().isEmpty());
    }
  }

  private List<String> gauges() {
    return get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("rostrum_ingest_publisher_"))
        .filter(line -> line.contains(id))
        .toList();
  }

  private HealthReport.Publisher awaitReport(
      KafkaConsumer<byte[], byte[]> consumer, Predicate<HealthReport.Publisher> wanted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              consumer
                  .poll(Duration.ofMillis(200))
                  .forEach(
                      record -> {
                        if (new String(record.key(), StandardCharsets.UTF_8).equals(id)) {
                          reports.add((HealthReport.Publisher) HealthReport.parse(record.value()));
                        }
                      });
              return reports.stream().anyMatch(wanted);
            });
    return reports.stream().filter(wanted).findFirst().orElseThrow();
  }

  private KafkaConsumer<byte[], byte[]> health() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.HEALTH.topicName()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}

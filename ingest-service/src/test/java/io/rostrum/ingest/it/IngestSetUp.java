package io.rostrum.ingest.it;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.contracts.source.SourceRecord.PublicationEnd;
import io.rostrum.ingest.Intents;
import io.rostrum.ingest.rtmp.RtmpServer;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.Part;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broadcast that the running service admits publishers to, and what publishers need. */
abstract class IngestSetUp {

  static final int MAX_IN_FLIGHT_BYTES = 2 << 20;

  /** Time-outs that a test can wait for. */
  public static final class ShortTimes implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "rostrum.ingest.rtmp.port", "0",
          "rostrum.ingest.rtmp.idle-timeout", "3s",
          "rostrum.ingest.rtmp.first-media-timeout", "4s",
          "rostrum.ingest.drain-timeout", "1s",
          "rostrum.ingest.source.delivery-timeout", "20s",
          "rostrum.ingest.source.max-in-flight-bytes", Integer.toString(MAX_IN_FLIGHT_BYTES),
          "rostrum.ingest.webrtc.ice-servers", "stun:stun.example.org,turn:turn.example.org:3478",
          "rostrum.ingest.webrtc.turn.secret", "shared with the TURN server",
          "rostrum.ingest.guesses.allowed", "50");
    }
  }

  @Inject RtmpServer server;
  @Part KafkaProcess kafka;
  @TempDir static Path folder;

  final String id = Ids.newBroadcastId();
  final StreamKey key = StreamKey.generate();
  SourceTopic topic;
  Ffmpeg ffmpeg;

  @BeforeEach
  void connect() throws Exception {
    topic = new SourceTopic(kafka.bootstrapServers());
    ffmpeg = new Ffmpeg(folder);
    topic.intent(Intents.open(id, true, key));
    awaitAdmission();
  }

  @AfterEach
  void disconnect() {
    topic.close();
  }

  void awaitAdmission() {
    await()
        .untilAsserted(
            () -> {
              try (RawPublisher publisher = new RawPublisher(server.port())) {
                assertThat(RawPublisher.code(publisher.publish(key.reveal())))
                    .isEqualTo("NetStream.Publish.Start");
              }
            });
  }

  String url() {
    return "rtmp://127.0.0.1:" + server.port() + "/live/" + key.reveal();
  }

  Ffmpeg.Run publishInRealTime(Path file) throws Exception {
    return ffmpeg.start("-re", "-i", file.toString(), "-c", "copy", "-f", "flv", url());
  }

  /** A moving picture and a tone. */
  Path clip(String name, int seconds, String rate, String... more) throws Exception {
    Path file = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=320x240:r=" + rate + ":d=" + seconds,
                "-f",
                "lavfi",
                "-i",
                "sine=440:r=48000:d=" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-c:a",
                "aac"));
    arguments.addAll(List.of(more));
    arguments.add(file.toString());
    ffmpeg.run(arguments.toArray(String[]::new));
    return file;
  }

  /** What the service says is on its way to Kafka. */
  static double inFlightBytes(String metricsUrl) {
    return get(metricsUrl)
        .asString()
        .lines()
        .filter(line -> line.startsWith("rostrum_ingest_inflight_bytes"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  static List<Chunk> chunks(List<SourceRecord> records, int trackId) {
    return records.stream()
        .filter(Chunk.class::isInstance)
        .map(Chunk.class::cast)
        .filter(chunk -> chunk.trackId() == trackId)
        .toList();
  }

  static PublicationEnd lastEnd(List<SourceRecord> records) {
    return records.stream()
        .filter(PublicationEnd.class::isInstance)
        .map(PublicationEnd.class::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  static void assertSequenceWithoutHoles(List<SourceRecord> records) {
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).sequence()).isEqualTo(i);
      assertThat(records.get(i).publicationId()).isEqualTo(records.get(0).publicationId());
    }
  }
}

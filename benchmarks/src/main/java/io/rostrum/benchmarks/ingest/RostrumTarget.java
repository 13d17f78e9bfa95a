package io.rostrum.benchmarks.ingest;

import io.rostrum.benchmarks.process.Usage;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import io.rostrum.localstack.test.KafkaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** ingest-service with a Kafka of its own: takes streams into the source topic. */
public final class RostrumTarget implements Target {
  private static final int HEAP_MIB = 384;
  private static final int REQUEST_MS = 5_000;
  private static final int DELIVERY_MS = 20_000;

  private final KafkaProcess kafka;
  private final TiedProcess process;
  private final int port;
  private final List<String> keys;

  private RostrumTarget(KafkaProcess kafka, TiedProcess process, int port, List<String> keys) {
    this.kafka = kafka;
    this.process = process;
    this.port = port;
    this.keys = keys;
  }

  /** Starts them, with so many broadcasts that may be published to. */
  public static RostrumTarget start(int broadcasts)
      throws IOException, InterruptedException, StartFailure {
    KafkaProcess kafka = KafkaProcess.start();
    try {
      List<String> keys = createBroadcasts(kafka, broadcasts);
      int port = FreePort.next();
      int http = FreePort.next();
      Path folder = Files.createTempDirectory("rostrum-bench-ingest-");
      List<String> command = new ArrayList<>(List.of(JavaCommand.executable()));
      command.addAll(JavaCommand.options(HEAP_MIB));
      command.addAll(
          List.of(
              "-jar",
              Checkout.locate()
                  .resolve("ingest-service/target/quarkus-app/quarkus-run.jar")
                  .toString()));
      Map<String, String> environment =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "QUARKUS_HTTP_PORT", Integer.toString(http),
              "ROSTRUM_NODE", "bench",
              "ROSTRUM_INGEST_RTMP_PORT", Integer.toString(port),
              "ROSTRUM_INGEST_RTMP_MAX_CONNECTIONS_PER_ADDRESS", Integer.toString(broadcasts + 10),
              "ROSTRUM_INGEST_WEBRTC_PORT", Integer.toString(FreePort.next()));
      Program program =
          Program.of(
              "ingest",
              command,
              environment,
              folder,
              Readiness.http(
                  "http://127.0.0.1:" + http + "/q/health/ready", status -> status == 200),
              Duration.ofSeconds(60));
      TiedProcess process = TiedProcess.start(program, folder.resolve("ingest.log"), folder);
      return new RostrumTarget(kafka, process, port, keys);
    } catch (IOException | InterruptedException | StartFailure | RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  private static List<String> createBroadcasts(KafkaProcess kafka, int count)
      throws IOException, InterruptedException {
    List<String> keys = new ArrayList<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_MS,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERY_MS);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        StreamKey key = StreamKey.generate();
        String id = Ids.newBroadcastId();
        BroadcastIntent intent =
            new BroadcastIntent(
                id,
                1,
                "Load " + i,
                Audience.signedIn(),
                List.of(key.hash(null)),
                true,
                null,
                0,
                null,
                false,
                null);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topic.BROADCASTS.topicName(),
                    id.getBytes(StandardCharsets.UTF_8),
                    intent.toBytes())));
        keys.add(key.reveal());
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a broadcast could not be created: " + e.getCause().getMessage(), e);
    }
    return keys;
  }

  /** Its Kafka. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public String name() {
    return "rostrum";
  }

  @Override
  public int rtmpPort() {
    return port;
  }

  @Override
  public String app() {
    return "live";
  }

  @Override
  public List<String> keys() {
    return keys;
  }

  @Override
  public Usage usage() throws IOException {
    return Usage.of(process.pid().value());
  }

  @Override
  public Usage othersUsage() throws IOException {
    return Usage.of(kafka.pid().value());
  }

  @Override
  public void close() {
    process.close();
    kafka.close();
  }
}

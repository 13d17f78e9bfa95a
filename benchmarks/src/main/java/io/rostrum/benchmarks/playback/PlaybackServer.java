package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.process.JavaHeap;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.stack.WholeStack;
import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.S3Process;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** playback-service: with a Kafka and an object store of its own, or that of a whole stack. */
final class PlaybackServer implements AutoCloseable {
  private static final int HEAP_MIB = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bootstrapServers;
  private final S3Process s3;
  private final long pid;
  private final int port;
  private final List<AutoCloseable> owned;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PlaybackServer(
      String bootstrapServers, S3Process s3, long pid, int port, List<AutoCloseable> owned) {
    this.bootstrapServers = bootstrapServers;
    this.s3 = s3;
    this.pid = pid;
    this.port = port;
    this.owned = List.copyOf(owned);
  }

  /** The one of a stack, which goes on when this is closed. Its feed has no object store. */
  static PlaybackServer of(WholeStack stack) throws IOException {
    return new PlaybackServer(
        stack.bootstrapServers(), null, stack.pid("playback"), stack.playbackPort(), List.of());
  }

  static PlaybackServer start() throws IOException, InterruptedException, StartFailure {
    KafkaProcess kafka = KafkaProcess.start();
    S3Process s3 = null;
    try {
      s3 = S3Process.start();
      int port = FreePort.next();
      Path folder = Files.createTempDirectory("rostrum-bench-playback-");
      List<String> command = new ArrayList<>(List.of(JavaCommand.executable()));
      command.addAll(JavaCommand.options(HEAP_MIB));
      Path jar = Checkout.locate().resolve("playback-service/target/quarkus-app/quarkus-run.jar");
      command.addAll(List.of("-jar", jar.toString()));
      Map<String, String> environment =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "QUARKUS_HTTP_PORT", Integer.toString(port),
              "ROSTRUM_PLAYBACK_SECRET", "benchmark-benchmark-benchmark-benchmark",
              "ROSTRUM_PLAYBACK_SPOOL_DIR", folder.resolve("spool").toString(),
              "ROSTRUM_S3_ENDPOINT", s3.endpoint(),
              "ROSTRUM_S3_ACCESS_KEY", s3.accessKey(),
              "ROSTRUM_S3_SECRET_KEY", s3.secretKey(),
              "ROSTRUM_S3_BUCKET", s3.bucket());
      Program program =
          Program.of(
              "playback",
              command,
              environment,
              folder,
              Readiness.http(
                  "http://127.0.0.1:" + port + "/q/health/ready", status -> status == 200),
              PATIENCE);
      TiedProcess process = TiedProcess.start(program, folder.resolve("playback.log"), folder);
      return new PlaybackServer(
          kafka.bootstrapServers(), s3, process.pid().value(), port, List.of(process, s3, kafka));
    } catch (IOException | InterruptedException | StartFailure | RuntimeException e) {
      kafka.close();
      if (s3 != null) {
        s3.close();
      }
      throw e;
    }
  }

  Feed feed() {
    return new Feed(bootstrapServers, s3);
  }

  int port() {
    return port;
  }

  String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  Usage usage() throws IOException {
    return Usage.of(pid);
  }

  /** Asks until the answer is 200 and contains {@code part}. */
  HttpResponse<byte[]> await(String path, String part, String... headers)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<byte[]> answer = get(path, headers);
      boolean there =
          answer.statusCode() == 200
              && new String(answer.body(), StandardCharsets.ISO_8859_1).contains(part);
      if (there) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(path + " is " + answer.statusCode() + " and lacks " + part);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Bytes on its heap that are in use after a collection. */
  long liveHeapBytes() throws IOException, InterruptedException {
    return JavaHeap.liveBytes(pid);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : owned) {
      each.close();
    }
  }
}

package io.rostrum.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Another playback node beside the one of the stack. */
final class SecondPlayback implements AutoCloseable {
  private final Process process;
  private final int port;

  private SecondPlayback(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it; returns when it is ready.
   *
   * @param folder for its spool and its log
   */
  static SecondPlayback start(Rostrum rostrum, Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-jar",
            Rostrum.checkout()
                .resolve("playback-service/target/quarkus-app/quarkus-run.jar")
                .toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + rostrum.port(9092),
                "ROSTRUM_PLAYBACK_SECRET", rostrum.secret("playback.secret"),
                "ROSTRUM_PLAYBACK_SPOOL_DIR", folder.resolve("second-spool").toString(),
                "ROSTRUM_S3_ENDPOINT", "http://127.0.0.1:" + rostrum.port(9000),
                "ROSTRUM_S3_ACCESS_KEY", rostrum.secret("s3.access-key"),
                "ROSTRUM_S3_SECRET_KEY", rostrum.secret("s3.secret-key"),
                "ROSTRUM_S3_BUCKET", "rostrum",
                "ROSTRUM_OIDC_AUTHORITY",
                    "http://127.0.0.1:" + rostrum.port(8180) + "/realms/rostrum"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("second.log").toFile());
    SecondPlayback second = new SecondPlayback(builder.start(), port);
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready")).build();
    await("the second playback node")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    return second;
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}

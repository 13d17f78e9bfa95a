package io.rostrum.benchmarks.latency;

import io.rostrum.benchmarks.process.Usage;
import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import io.rostrum.localstack.test.S3Process;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** transcode-service with an object store of its own, on a Kafka that is there already. */
public final class TranscodeServer implements AutoCloseable {
  private static final int HEAP_MIB = 320;
  private static final int YOUNG_MIB = 64;

  private final S3Process s3;
  private final TiedProcess process;

  private TranscodeServer(S3Process s3, TiedProcess process) {
    this.s3 = s3;
    this.process = process;
  }

  /** Starts it as it is delivered; returns when it owns the broadcasts. */
  public static TranscodeServer start(String bootstrapServers)
      throws IOException, InterruptedException, StartFailure {
    return start(bootstrapServers, Map.of());
  }

  /**
   * Starts it; returns when it owns the broadcasts.
   *
   * @param settings environment variables besides those that say where everything is
   */
  public static TranscodeServer start(String bootstrapServers, Map<String, String> settings)
      throws IOException, InterruptedException, StartFailure {
    S3Process s3 = S3Process.start();
    try {
      Path folder = Files.createTempDirectory("rostrum-bench-transcode-");
      int port = FreePort.next();
      Path checkout = Checkout.locate();
      List<String> command = new ArrayList<>(List.of(JavaCommand.executable()));
      command.addAll(JavaCommand.options(HEAP_MIB));
      command.addAll(JavaCommand.roomForYoung(YOUNG_MIB));
      Path jar = checkout.resolve("transcode-service/target/quarkus-app/quarkus-run.jar");
      command.addAll(List.of("-jar", jar.toString()));
      Map<String, String> environment = new HashMap<>(settings);
      environment.putAll(
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
              "QUARKUS_HTTP_PORT", Integer.toString(port),
              "ROSTRUM_TRANSCODE_SPOOL", folder.resolve("spool").toString(),
              "ROSTRUM_TRANSCODE_WORKER_HOME",
                  checkout.resolve("codec-worker/target/worker").toString(),
              "ROSTRUM_S3_ENDPOINT", s3.endpoint(),
              "ROSTRUM_S3_ACCESS_KEY", s3.accessKey(),
              "ROSTRUM_S3_SECRET_KEY", s3.secretKey(),
              "ROSTRUM_S3_BUCKET", s3.bucket()));
      Program program =
          Program.of(
              "transcode",
              command,
              environment,
              folder,
              Readiness.http(
                  "http://127.0.0.1:" + port + "/q/health/ready", status -> status == 200),
              Duration.ofSeconds(90));
      return new TranscodeServer(
          s3, TiedProcess.start(program, folder.resolve("transcode.log"), folder));
    } catch (IOException | InterruptedException | StartFailure | RuntimeException e) {
      s3.close();
      throw e;
    }
  }

  /** What it used so far, with its codec children. */
  public Usage usage() throws IOException {
    return Usage.of(process.pid().value());
  }

  /** Its process. */
  public long pid() {
    return process.pid().value();
  }

  @Override
  public void close() {
    process.close();
    s3.close();
  }
}

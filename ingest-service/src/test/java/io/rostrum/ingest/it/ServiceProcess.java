package io.rostrum.ingest.it;

import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.TiedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as it is shipped, in a process of its own. */
final class ServiceProcess implements AutoCloseable {

  private final TiedProcess process;
  private final int httpPort;
  private final int rtmpPort;

  private ServiceProcess(TiedProcess process, int httpPort, int rtmpPort) {
    this.process = process;
    this.httpPort = httpPort;
    this.rtmpPort = rtmpPort;
  }

  /**
   * @param heapMib -Xmx, and as much outside the heap; it ends where that is not enough
   * @param settings environment variables
   */
  static ServiceProcess start(String bootstrapServers, int heapMib, Map<String, String> settings)
      throws Exception {
    Path folder = Files.createTempDirectory("rostrum-ingest-");
    int http = FreePort.next();
    int rtmp = FreePort.next();
    List<String> command = new ArrayList<>(List.of(JavaCommand.executable()));
    command.addAll(JavaCommand.options(heapMib));
    command.add("-XX:MaxDirectMemorySize=" + heapMib + "m");
    command.add("-jar");
    command.add(
        Checkout.locate().resolve("ingest-service/target/quarkus-app/quarkus-run.jar").toString());
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(http));
    environment.put("ROSTRUM_NODE", "under-test");
    environment.put("ROSTRUM_INGEST_RTMP_PORT", Integer.toString(rtmp));
    environment.put("ROSTRUM_INGEST_WEBRTC_PORT", "0");
    Program program =
        Program.of(
            "ingest",
            command,
            environment,
            folder,
            Readiness.http("http://127.0.0.1:" + http + "/q/health/ready", status -> status == 200),
            Duration.ofSeconds(120));
    return new ServiceProcess(
        TiedProcess.start(program, folder.resolve("ingest.log"), folder), http, rtmp);
  }

  int rtmpPort() {
    return rtmpPort;
  }

  int httpPort() {
    return httpPort;
  }

  /** Bytes of all objects that are still reachable, after a full collection. */
  long liveHeapBytes() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(JavaCommand.home(), "bin", "jcmd").toString(),
                Long.toString(process.pid().value()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes());
    if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      throw new AssertionError("the service does not answer: " + text);
    }
    // The last line: Total, instances, bytes.
    String[] total = text.substring(text.lastIndexOf("Total")).strip().split("\\s+");
    return Long.parseLong(total[2]);
  }

  @Override
  public void close() {
    process.close();
  }
}

package io.rostrum.system;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real TURN server (coturn) on the loopback, to which one signs in by a shared secret. */
final class TurnServer implements AutoCloseable {
  private final String secret = UUID.randomUUID().toString();
  private final int port;
  private final Path folder;
  private final Process process;

  private TurnServer() throws IOException {
    try (DatagramSocket free = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      port = free.getLocalPort();
    }
    folder = Files.createTempDirectory("rostrum-turn");
    process =
        new ProcessBuilder(
                List.of(
                    "turnserver",
                    "-n",
                    "--listening-ip=127.0.0.1",
                    "--relay-ip=127.0.0.1",
                    "--listening-port=" + port,
                    "--realm=rostrum.test",
                    "--use-auth-secret",
                    "--static-auth-secret=" + secret,
                    // Where ingest is.
                    "--allow-loopback-peers",
                    "--no-cli",
                    "--no-tls",
                    "--no-dtls",
                    "--verbose",
                    "--log-file=stdout",
                    "--pidfile=" + folder.resolve("pid"),
                    "--userdb=" + folder.resolve("users")))
            .redirectErrorStream(true)
            .redirectOutput(logFile().toFile())
            .start();
  }

  /** Starts one; skips the test where there is none to start. */
  static TurnServer start() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/turnserver")), "No TURN server: install coturn");
    TurnServer server = new TurnServer();
    Awaitility.await("the TURN server")
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.log().contains("listener opened on: 127.0.0.1:" + server.port));
    return server;
  }

  String uri() {
    return "turn:127.0.0.1:" + port;
  }

  String secret() {
    return secret;
  }

  String log() throws IOException {
    return Files.readString(logFile());
  }

  private Path logFile() {
    return folder.resolve("log");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

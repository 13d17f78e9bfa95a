package io.rostrum.localstack.test;

import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import io.rostrum.localstack.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An S3 server for tests with the empty bucket {@value S3Server#BUCKET}. Ready when {@link #start}
 * returns.
 */
public final class S3Process implements AutoCloseable {

  private final S3Server server;
  private final Path directory;
  private TiedProcess process;

  private S3Process(S3Server server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static S3Process start() {
    return Starting.start(
        "rostrum-s3-",
        directory -> {
          S3Server server =
              new S3Server(
                  Parts.locate(),
                  directory,
                  "127.0.0.1",
                  FreePort.next(),
                  "test-access-key",
                  "test-secret-key");
          server.prepare();
          S3Process s3 = new S3Process(server, directory);
          s3.run();
          return s3;
        });
  }

  /** Its address, for example {@code http://127.0.0.1:40123}. */
  public String endpoint() {
    return server.endpoint();
  }

  public String accessKey() {
    return server.accessKey();
  }

  public String secretKey() {
    return server.secretKey();
  }

  public String bucket() {
    return S3Server.BUCKET;
  }

  /** kill -9. What it holds stays for {@link #restart}. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Starts it again after {@link #kill}, on the same port with the same data; returns when it is
   * ready.
   */
  public synchronized void restart() {
    Starting.run(this::run);
  }

  private void run() throws IOException, InterruptedException, StartFailure {
    Path log = Files.createDirectories(directory).resolve("s3.log");
    process = TiedProcess.start(server.program(), log, directory);
  }

  @Override
  public synchronized void close() {
    process.close();
    Starting.delete(directory);
  }
}

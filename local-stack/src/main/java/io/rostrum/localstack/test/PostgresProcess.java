package io.rostrum.localstack.test;

import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.postgres.PostgresServer;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Postgres server for tests with an empty database. Ready when {@link #start} returns. */
public final class PostgresProcess implements AutoCloseable {

  private final PostgresServer server;
  private final Path directory;
  private TiedProcess process;

  private PostgresProcess(PostgresServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static PostgresProcess start() {
    return Starting.start(
        "rostrum-postgres-",
        directory -> {
          PostgresServer server =
              new PostgresServer(
                  Parts.locate(), directory, "127.0.0.1", FreePort.next(), "rostrum", false);
          server.prepare();
          PostgresProcess postgres = new PostgresProcess(server, directory);
          postgres.run();
          return postgres;
        });
  }

  public String jdbcUrl() {
    return server.jdbcUrl();
  }

  public String username() {
    return PostgresServer.USER;
  }

  public String password() {
    return server.password();
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
    Starting.run(
        () -> {
          server.prepare();
          run();
        });
  }

  private void run() throws IOException, InterruptedException, StartFailure {
    Path log = Files.createDirectories(directory).resolve("postgres.log");
    process = TiedProcess.start(server.program(), log, directory);
  }

  @Override
  public synchronized void close() {
    process.close();
    Starting.delete(directory);
  }
}

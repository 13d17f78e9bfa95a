package io.rostrum.localstack.postgres;

import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.parts.PostgresBinaries;
import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One Postgres server with one database, {@value #DATABASE}, owned by the user {@value #USER}.
 *
 * @param parts the build's parts
 * @param directory where its data is
 * @param host the address it listens on
 * @param port its port
 * @param password of {@value #USER}; counts when the data directory is created
 * @param durable whether it waits for the disk; tests do not
 */
public record PostgresServer(
    Parts parts, Path directory, String host, int port, String password, boolean durable) {

  public static final String DATABASE = "rostrum";
  public static final String USER = "rostrum";

  private static final Duration INIT_WITHIN = Duration.ofSeconds(60);

  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + DATABASE;
  }

  /** Creates the data directory and the database if that was not done yet. */
  public void prepare() throws IOException, InterruptedException, StartFailure {
    RootGuard.check();
    Path home = PostgresBinaries.unpacked(parts);
    Files.createDirectories(directory);
    if (!Files.exists(directory.resolve("created"))) {
      create(home);
    }
    removeStaleLock();
  }

  public Program program() throws IOException {
    Path home = PostgresBinaries.unpacked(parts);
    List<String> command =
        asOrdinaryUser(
            home.resolve("bin/postgres").toString(),
            "-D",
            data().toString(),
            "-h",
            host,
            "-p",
            Integer.toString(port),
            "-c",
            "unix_socket_directories=",
            "-c",
            "shared_buffers=32MB",
            "-c",
            "max_connections=60",
            "-c",
            "fsync=" + (durable ? "on" : "off"));
    return new Program(
        "postgres",
        command,
        environment(home),
        directory,
        () -> PostgresProbe.check(host, port, USER, DATABASE),
        Duration.ofSeconds(60),
        // Fast shutdown: SIGTERM would wait for clients to leave.
        "INT",
        Duration.ofSeconds(15));
  }

  private void create(Path home) throws IOException, InterruptedException, StartFailure {
    if (Files.exists(data())) {
      throw new StartFailure(
          data()
              + " was left half-made by an earlier start. If nothing in it is needed, remove "
              + directory
              + " and start again.");
    }
    Path passwordFile =
        Files.createTempFile(
            directory,
            "initdb",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Path fresh = directory.resolve("data.new");
    try {
      Files.writeString(passwordFile, password + "\n");
      run(List.of("rm", "-rf", fresh.toString()), Map.of(), "");
      run(
          asOrdinaryUser(
              home.resolve("bin/initdb").toString(),
              "-D",
              fresh.toString(),
              "-U",
              USER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"),
          environment(home),
          "");
      run(
          asOrdinaryUser(
              home.resolve("bin/postgres").toString(),
              "--single",
              "-D",
              fresh.toString(),
              "postgres"),
          environment(home),
          "CREATE DATABASE " + DATABASE + "\n");
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(fresh, data());
    Files.createFile(directory.resolve("created"));
  }

  /**
   * After a kill -9 the lock file names a dead pid; if the system gave that pid to another process
   * since, Postgres would refuse to start.
   */
  private void removeStaleLock() throws IOException {
    Path lock = data().resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    Optional<Pid> holder =
        Files.readString(lock).lines().findFirst().map(Long::parseLong).flatMap(Pid::of);
    boolean postgres =
        holder
            .flatMap(pid -> ProcessHandle.of(pid.value()))
            .flatMap(handle -> handle.info().command())
            .filter(command -> command.endsWith("postgres"))
            .isPresent();
    if (!postgres) {
      Files.delete(lock);
    }
  }

  private static void run(List<String> command, Map<String, String> environment, String input)
      throws IOException, InterruptedException, StartFailure {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Path output = Files.createTempFile("rostrum-postgres", ".log");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(INIT_WITHIN.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new StartFailure(
            "Postgres could not be set up; "
                + String.join(" ", command)
                + ":\n"
                + Files.readString(output).indent(4));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static List<String> asOrdinaryUser(String... command) {
    List<String> all = new ArrayList<>(RootGuard.prefix());
    all.addAll(List.of(command));
    return all;
  }

  private static Map<String, String> environment(Path home) {
    String lib = home.resolve("lib").toString();
    return Map.of("LC_ALL", "C", "LD_LIBRARY_PATH", lib, "DYLD_LIBRARY_PATH", lib, "TZ", "UTC");
  }

  private Path data() {
    return directory.resolve("data");
  }
}

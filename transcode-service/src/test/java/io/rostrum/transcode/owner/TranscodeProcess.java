package io.rostrum.transcode.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The transcoder as it is shipped, in a JVM of its own, which a test can kill and freeze. */
final class TranscodeProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final Process process;
  private final List<String> log = new ArrayList<>();

  TranscodeProcess(TestStack stack, String name) throws IOException {
    this(stack, name, Map.of());
  }

  /**
   * @param more settings, in place of those that all tests have
   */
  TranscodeProcess(TestStack stack, String name, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(
        Map.of(
            "quarkus.http.port", "0",
            "kafka.bootstrap.servers", stack.kafka.bootstrapServers(),
            "rostrum.s3.endpoint", stack.s3.endpoint(),
            "rostrum.s3.access-key", stack.s3.accessKey(),
            "rostrum.s3.secret-key", stack.s3.secretKey(),
            "rostrum.s3.bucket", stack.s3.bucket(),
            "rostrum.transcode.defer-after", "10m",
            "rostrum.transcode.facts-per-page", "6",
            "rostrum.transcode.node", name));
    settings.put("rostrum.transcode.storyboard.interval", "500ms");
    // Children that wait for a broadcast would be taken for those at work.
    settings.put("rostrum.transcode.spare-workers", "false");
    settings.putAll(more);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-jar");
    command.add("target/quarkus-app/quarkus-run.jar");
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "log of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** How many lines it has logged. */
  int lines() {
    synchronized (log) {
      return log.size();
    }
  }

  /** Whether a line holds {@code text}. */
  boolean said(String text) {
    synchronized (log) {
      return log.stream().anyMatch(line -> line.contains(text));
    }
  }

  /** The epoch in which it took the broadcast over last, as it said itself; 0 if never. */
  long epoch(String broadcast) {
    synchronized (log) {
      return log.stream()
          .filter(line -> line.contains("Broadcast taken over: broadcast=" + broadcast + " "))
          .mapToLong(line -> Long.parseLong(line.replaceAll(".* epoch=(\\d+) .*", "$1")))
          .max()
          .orElse(0);
    }
  }

  /** Waits until a line from {@code from} on holds {@code text}. */
  void awaitLine(int from, String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (log) {
      while (log.stream().skip(from).noneMatch(line -> line.contains(text))) {
        long leftMs = (end - System.nanoTime()) / 1_000_000;
        assertThat(leftMs).as("waiting for \"%s\" in %s", text, log).isPositive();
        assertThat(process.isAlive()).as("ended: %s", log).isTrue();
        log.wait(Math.min(leftMs, 1000));
      }
    }
  }

  /** Ends it as a crash would. */
  void kill() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends its codec children; whether there were any. */
  boolean killChildren() {
    List<ProcessHandle> children = process.descendants().toList();
    children.forEach(ProcessHandle::destroyForcibly);
    return !children.isEmpty();
  }

  /** Stops its codec children where they are, as a machine without any processor to spare would. */
  void freezeChildren() throws IOException, InterruptedException {
    for (ProcessHandle child : process.descendants().toList()) {
      signal("-STOP", child.pid());
    }
  }

  /** Lets them go on. */
  void thawChildren() throws IOException, InterruptedException {
    for (ProcessHandle child : process.descendants().toList()) {
      signal("-CONT", child.pid());
    }
  }

  /** Stops it where it is, as a long pause of its machine would. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP", process.pid());
  }

  /** Lets it go on. */
  void thaw() throws IOException, InterruptedException {
    signal("-CONT", process.pid());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    assertThat(code).isZero();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
          log.notifyAll();
        }
      }
    } catch (IOException ended) {
      assertThat(process.isAlive()).isFalse();
    }
  }
}

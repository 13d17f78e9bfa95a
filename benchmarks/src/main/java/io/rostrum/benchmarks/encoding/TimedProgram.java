package io.rostrum.benchmarks.encoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program whose processor time is known when it has ended, with that of all its children: bash's
 * {@code time} reads it from the kernel as it reaps them. Closing it kills the program.
 */
final class TimedProgram implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final Process process;
  private final Path times;

  private TimedProgram(Process process, Path times) {
    this.process = process;
    this.times = times;
  }

  /** Starts it, with nothing in its environment but where its libraries are; null for nothing. */
  static TimedProgram start(List<String> command, Path libraries) throws IOException {
    Path times = Files.createTempFile("rostrum-bench-", ".times");
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "/bin/bash",
            "-c",
            "TIMEFORMAT='%U %S'; { time \"${@}\" 2>&3; } 3>&2 2>\"$0\"",
            times.toString()));
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    if (libraries != null) {
      builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    }
    return new TimedProgram(builder.start(), times);
  }

  Process process() {
    return process;
  }

  /**
   * Waits for its end.
   *
   * @return the processor time it took, user and system, in seconds
   * @throws IOException if it failed
   */
  double cpuSeconds() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("a program that is measured did not end well");
    }
    String[] seconds = Files.readString(times).strip().split(" ");
    return Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]);
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(times);
  }
}

package io.rostrum.transcode.worker;

import io.rostrum.transcode.config.TranscodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a codec child is started: a plain JVM with a heap limit, an empty environment, and nothing
 * but its own jars.
 */
public final class WorkerCommand {
  private final List<String> command;
  private final Path home;
  private final SpareChildren spares;

  /**
   * @throws IllegalStateException if the worker's folder is not there
   */
  public WorkerCommand(TranscodeConfig config) {
    home = config.workerHome().toAbsolutePath().normalize();
    Path lib = home.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new IllegalStateException(
          "no codec worker in "
              + lib
              + ": build it (mvnw package -pl codec-worker), or set rostrum.transcode.worker-home");
    }
    List<String> words = new ArrayList<>(config.workerPrefix());
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + config.workerHeap());
    words.add("-XX:+UseSerialGC");
    words.add("-XX:TieredStopAtLevel=1");
    // The protocol owns standard output: what the JVM itself has to say goes to standard error.
    words.add("-XX:+DisplayVMOutputToStderr");
    words.add("-XX:-CreateCoredumpOnCrash");
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("-Dorg.bytedeco.javacpp.cachedir=" + home.resolve("cache"));
    words.add("-cp");
    words.add(lib.resolve("*").toString());
    words.add("io.rostrum.codecworker.Main");
    command = List.copyOf(words);
    spares = null;
  }

  private WorkerCommand(List<String> command, Path home, SpareChildren spares) {
    this.command = command;
    this.home = home;
    this.spares = spares;
  }

  /** The same, taking children that wait already where there are some. */
  public WorkerCommand with(SpareChildren children) {
    return new WorkerCommand(command, home, children);
  }

  /** The same with words before it, e.g. those that make it give way to others. */
  public WorkerCommand behind(List<String> prefix) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command);
    return new WorkerCommand(List.copyOf(words), home, spares);
  }

  List<String> words() {
    return command;
  }

  /** A child that has been sent nothing yet. Its standard error goes to this process's. */
  Process start() throws IOException {
    Process spare = spares == null ? null : spares.take(this);
    return spare == null ? startNew() : spare;
  }

  /** A child that starts now. */
  Process startNew() throws IOException {
    return start(command);
  }

  /** A child that starts now and rehearses, since nobody waits for it yet. */
  Process startSpare() throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add("rehearse");
    return start(words);
  }

  private Process start(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    // Nothing of ours is its business: stream keys, S3 keys and tokens all come by environment
    // variables.
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }
}

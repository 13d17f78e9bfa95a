package io.rostrum.ingest.it;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/** The ffmpeg executable of the bytedeco jar as a child process. */
final class Ffmpeg {

  private static final long TIMEOUT_SECONDS = 90;

  /** A run in progress; closing it kills it. */
  static final class Run implements AutoCloseable {
    private final Process process;
    private final Path log;

    Run(Process process, Path log) {
      this.process = process;
      this.log = log;
    }

    int await() throws InterruptedException {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("ffmpeg did not end: " + log());
      }
      return process.exitValue();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** kill -9. */
    void kill() {
      process.destroyForcibly();
    }

    String log() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        return e.toString();
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private final Path program = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
  private final Path folder;

  Ffmpeg(Path folder) throws Exception {
    this.folder = folder;
    try (Run version = start("-version")) {
      if (version.await() != 0) {
        abort(
            "The ffmpeg executable of the bytedeco jar lacks system libraries; Debian: "
                + "apt-get install -y libxcb1 libxcb-shm0 libasound2 libpulse0. It said: "
                + version.log());
      }
    }
  }

  Run start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(program.toString(), "-hide_banner", "-nostdin", "-v", "warning", "-y"));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "ffmpeg", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // libva lies beside the executable, where the libraries that need it do not look by themselves.
    builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
    return new Run(builder.start(), log);
  }

  void run(String... arguments) throws Exception {
    try (Run run = start(arguments)) {
      if (run.await() != 0) {
        throw new AssertionError(String.join(" ", arguments) + "\n" + run.log());
      }
    }
  }

  /** MD5 of each frame of a stream; decoded, or as coded. */
  List<String> frameHashes(Path file, String stream, boolean coded) throws Exception {
    Path hashes = Files.createTempFile(folder, "hashes", ".txt");
    List<String> arguments = new ArrayList<>(List.of("-i", file.toString(), "-map", stream));
    if (coded) {
      arguments.addAll(List.of("-c", "copy"));
    }
    arguments.addAll(List.of("-fps_mode", "passthrough", "-f", "framemd5", hashes.toString()));
    run(arguments.toArray(String[]::new));
    return Files.readAllLines(hashes).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }
}

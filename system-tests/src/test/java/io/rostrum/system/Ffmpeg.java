package io.rostrum.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/** The ffmpeg and ffprobe executables of the bytedeco jar. */
final class Ffmpeg {
  private static final long TIMEOUT_SECONDS = 240;

  private static final Path FFMPEG = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
  private static final Path FFPROBE = Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class));

  private final Path folder;

  Ffmpeg(Path folder) {
    this.folder = folder;
  }

  /** A run in progress. */
  static final class Run implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final String command;

    private Run(Process process, Path log, String command) {
      this.process = process;
      this.log = log;
      this.command = command;
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Waits for its end and gives its exit code. */
    int await() throws InterruptedException {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        close();
        throw new AssertionError(command + " did not end: " + log());
      }
      return process.exitValue();
    }

    String log() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** kill -9. */
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  Run start(String... arguments) throws IOException {
    return start(FFMPEG, List.of("-hide_banner", "-nostdin", "-v", "info", "-y"), arguments);
  }

  /** Runs to its end, which must be a good one; gives what it logged. */
  String run(String... arguments) throws IOException, InterruptedException {
    try (Run run =
        start(FFMPEG, List.of("-hide_banner", "-nostdin", "-v", "warning", "-y"), arguments)) {
      if (run.await() != 0) {
        throw new AssertionError(run.command + "\n" + run.log());
      }
      return run.log();
    }
  }

  String probe(String... arguments) throws IOException, InterruptedException {
    try (Run run = start(FFPROBE, List.of("-v", "error"), arguments)) {
      if (run.await() != 0) {
        throw new AssertionError(run.command + "\n" + run.log());
      }
      return run.log();
    }
  }

  /**
   * A moving picture and a tone: H.264 with B-frames at 1280x720 and 30 frames/s, AAC at 48 kHz, an
   * IDR every 2 s.
   */
  Path clip(int seconds) throws IOException, InterruptedException {
    Path file = folder.resolve("clip-" + seconds + ".mp4");
    if (!Files.exists(file)) {
      run(
          "-f",
          "lavfi",
          "-i",
          "testsrc2=size=1280x720:rate=30",
          "-f",
          "lavfi",
          "-i",
          "sine=frequency=440:beep_factor=4:sample_rate=48000",
          "-t",
          Integer.toString(seconds),
          "-c:v",
          "libx264",
          "-preset",
          "ultrafast",
          "-bf",
          "2",
          "-b_strategy",
          "0",
          "-g",
          "60",
          "-keyint_min",
          "60",
          "-sc_threshold",
          "0",
          "-b:v",
          "2M",
          "-maxrate",
          "2M",
          "-bufsize",
          "2M",
          "-pix_fmt",
          "yuv420p",
          "-c:a",
          "aac",
          "-b:a",
          "128k",
          "-ac",
          "2",
          "-shortest",
          file.toString());
    }
    return file;
  }

  /**
   * The same picture and tone in another video codec, small: 640x360 at 30 frames/s, a keyframe
   * every 2 s.
   *
   * @param encoder and its options
   */
  Path clip(int seconds, String... encoder) throws IOException, InterruptedException {
    Path file = folder.resolve("clip-" + seconds + "-" + encoder[0] + ".mp4");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=640x360:rate=30",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:beep_factor=4:sample_rate=48000",
                "-t",
                Integer.toString(seconds),
                "-pix_fmt",
                "yuv420p",
                "-g",
                "60",
                "-c:v"));
    arguments.addAll(List.of(encoder));
    arguments.addAll(List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2", file.toString()));
    run(arguments.toArray(String[]::new));
    return file;
  }

  /** Publishes a file at its own speed, as any encoder would. */
  Run publish(Path file, String rtmpUrl) throws IOException {
    return start("-re", "-i", file.toString(), "-c", "copy", "-f", "flv", rtmpUrl);
  }

  /** MD5 of every coded frame of a stream, in order. */
  List<String> codedFrames(String input, String stream) throws IOException, InterruptedException {
    return frames(input, stream, "-c", "copy", "-bsf:v", "h264_mp4toannexb");
  }

  /** MD5 of every decoded frame of a stream, in order. */
  List<String> decodedFrames(String input, String stream) throws IOException, InterruptedException {
    return frames(input, stream, "-fps_mode", "passthrough");
  }

  private List<String> frames(String input, String stream, String... options)
      throws IOException, InterruptedException {
    Path hashes = Files.createTempFile(folder, "frames", ".md5");
    List<String> arguments = new ArrayList<>();
    if (input.startsWith("http")) {
      arguments.addAll(List.of("-live_start_index", "0"));
    }
    arguments.addAll(List.of("-i", input, "-map", stream));
    for (String option : options) {
      if (!(stream.contains(":a")
          && (option.equals("-bsf:v") || option.equals("h264_mp4toannexb")))) {
        arguments.add(option);
      }
    }
    arguments.addAll(List.of("-f", "framemd5", hashes.toString()));
    run(arguments.toArray(String[]::new));
    List<String> list = new ArrayList<>();
    for (String line : Files.readAllLines(hashes)) {
      if (!line.startsWith("#")) {
        // stream, dts, pts, duration, size, hash; side data of the container may follow.
        list.add(line.split(",")[5].strip());
      }
    }
    Files.delete(hashes);
    return list;
  }

  private Run start(Path program, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(options);
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "ffmpeg", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Some of its libraries lie beside it, and are named without a path.
    builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Run(process, log, String.join(" ", command));
  }
}

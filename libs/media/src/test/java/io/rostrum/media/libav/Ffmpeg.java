package io.rostrum.media.libav;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;

/**
 * The ffmpeg and ffprobe executables in the test class path, run as child processes in a folder of
 * their own.
 */
final class Ffmpeg {

  private static final long TIMEOUT_SECONDS = 120;

  private final Path ffmpeg;
  private final Path ffprobe;
  private final Path folder;

  private Ffmpeg(Path ffmpeg, Path ffprobe, Path folder) {
    this.ffmpeg = ffmpeg;
    this.ffprobe = ffprobe;
    this.folder = folder;
  }

  /**
   * Skips the calling test, in words that say what to install, where the executables do not start.
   */
  static Ffmpeg inFolder(Path folder) {
    Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    Path ffprobe = Path.of(Loader.load(org.bytedeco.ffmpeg.ffprobe.class));
    Ffmpeg tools = new Ffmpeg(ffmpeg, ffprobe, folder);
    Result version = tools.start(List.of(ffmpeg.toString(), "-hide_banner", "-version"));
    if (version.exitCode != 0) {
      abort(
          "The ffmpeg executable in the bytedeco jar does not start here, most likely for want of system libraries, so nothing was compared with libav. "
              + "Debian and Ubuntu: apt-get install -y libxcb1 libxcb-shm0 libasound2 libpulse0 "
              + "(libasound2t64 on newer ones). It said: "
              + version.errors.strip());
    }
    return tools;
  }

  /** Runs ffmpeg; fails with its messages if it does. Returns standard output. */
  String run(String... arguments) {
    return check(ffmpeg, List.of("-hide_banner", "-nostdin", "-v", "warning", "-y"), arguments)
        .output;
  }

  /**
   * Runs ffmpeg and returns what it said on standard error, which is empty if it had nothing to
   * complain about.
   */
  String complaintsOf(String... arguments) {
    return check(ffmpeg, List.of("-hide_banner", "-nostdin", "-v", "warning", "-y"), arguments)
        .errors;
  }

  /** Runs ffprobe and returns standard output. */
  String probe(String... arguments) {
    return check(ffprobe, List.of("-hide_banner", "-v", "error"), arguments).output;
  }

  private Result check(Path program, List<String> first, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(first);
    command.addAll(List.of(arguments));
    Result result = start(command);
    if (result.exitCode != 0) {
      throw new AssertionError(
          String.join(" ", command) + "\nended with " + result.exitCode + ":\n" + result.errors);
    }
    return result;
  }

  private Result start(List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      Path errors = Files.createTempFile(folder, "errors", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      // Some libraries of the jar do not look for their neighbours (libva) where they lie
      // themselves.
      String neighbours = ffmpeg.getParent().toString();
      builder.environment().put("LD_LIBRARY_PATH", neighbours);
      builder.environment().put("DYLD_LIBRARY_PATH", neighbours);
      Process process = builder.start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still ran after " + TIMEOUT_SECONDS + " s");
      }
      return new Result(process.exitValue(), text(output), text(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private record Result(int exitCode, String output, String errors) {}
}

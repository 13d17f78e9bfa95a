package io.rostrum.transcode.owner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stands before a codec child, on its command line, and makes a source that kills decoders: the
 * child dies like one whose native code crashed as soon as certain bytes reach it. All else passes.
 */
final class PoisonedChild {
  /** Bytes that no codec makes by chance. */
  static final byte[] POISON = "these bytes kill decoders".getBytes(StandardCharsets.US_ASCII);

  private PoisonedChild() {}

  /** Words for {@code rostrum.transcode.worker-prefix}. */
  static List<String> prefix() throws Exception {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        java.nio.file.Path.of(
                PoisonedChild.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString(),
        PoisonedChild.class.getName());
  }

  /**
   * @param command the child's
   */
  public static void main(String[] command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process child = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(child::destroyForcibly));
    Thread feeding = new Thread(() -> feed(child));
    feeding.setDaemon(true);
    feeding.start();
    Runtime.getRuntime().halt(child.waitFor());
  }

  private static void feed(Process child) {
    byte[] buffer = new byte[8192];
    int matched = 0;
    try (InputStream in = System.in;
        OutputStream out = child.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          matched = buffer[i] == POISON[matched] ? matched + 1 : buffer[i] == POISON[0] ? 1 : 0;
          if (matched == POISON.length) {
            new ProcessBuilder("kill", "-SEGV", Long.toString(child.pid())).start().waitFor();
            return;
          }
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      child.destroyForcibly();
    }
  }
}

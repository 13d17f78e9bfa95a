package io.rostrum.localstack.demo;

import io.rostrum.localstack.parts.OwnJar;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** How the launcher runs the demo publisher. */
public final class DemoProgram {

  /**
   * Written by the publisher when ingest has taken its first frames, removed when the connection is
   * gone.
   */
  static final String PUBLISHING = "publishing";

  private DemoProgram() {}

  /**
   * The publisher's process.
   *
   * @param directory where its target is, see {@link Target}
   */
  public static Program of(Path checkout, Path directory) throws IOException {
    Target target = Target.read(directory);
    Path publishing = directory.resolve(PUBLISHING);
    Files.deleteIfExists(publishing);
    // codec-worker is the only place of libav's natives, whatever licence they were chosen with.
    Path natives = checkout.resolve("codec-worker/target/worker/lib");
    if (!Files.isDirectory(natives)) {
      throw new IOException(natives + " does not exist: ./rostrum demo builds it");
    }
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(96));
    command.addAll(
        List.of(
            // libav's memory is not the heap's: without this JavaCPP counts it against -Xmx.
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.bytedeco.javacpp.cachedir=" + checkout.resolve("local-stack/target/javacpp"),
            "-cp",
            OwnJar.path() + File.pathSeparator + natives + "/*",
            "io.rostrum.localstack.demo.DemoPublisher"));
    return Program.of(
        "demo",
        command,
        // In the environment, not among the arguments: those everybody on this machine can read.
        Map.of(
            "ROSTRUM_DEMO_URL",
            target.rtmpUrl() + "/" + target.streamKey(),
            "ROSTRUM_DEMO_STATUS",
            publishing.toString()),
        directory,
        () -> {
          if (!Files.exists(publishing)) {
            throw new IOException("ingest has not taken its stream yet");
          }
        },
        Duration.ofSeconds(60));
  }

  /**
   * The broadcast to publish to.
   *
   * @param broadcastId its id
   * @param watchUrl where it is watched
   * @param rtmpUrl the RTMP application, without the stream key
   * @param streamKey the key; a secret
   */
  public record Target(String broadcastId, String watchUrl, String rtmpUrl, String streamKey) {

    /** Keeps it for the next starts. */
    public void write(Path directory) throws IOException {
      Properties values = new Properties();
      values.putAll(
          Map.of(
              "broadcast.id", broadcastId,
              "watch.url", watchUrl,
              "rtmp.url", rtmpUrl,
              "stream.key", streamKey));
      Path file = Files.createDirectories(directory).resolve("target.properties");
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (Writer out = Files.newBufferedWriter(file)) {
        values.store(out, "The broadcast of ./rostrum demo");
      }
    }

    /** What was kept last. */
    public static Target read(Path directory) throws IOException {
      Path file = directory.resolve("target.properties");
      if (!Files.exists(file)) {
        throw new IOException("There is no demo broadcast yet: ./rostrum demo creates it");
      }
      Properties values = new Properties();
      try (var in = Files.newBufferedReader(file)) {
        values.load(in);
      }
      return new Target(
          values.getProperty("broadcast.id"),
          values.getProperty("watch.url"),
          values.getProperty("rtmp.url"),
          values.getProperty("stream.key"));
    }

    @Override
    public String toString() {
      return "Target[" + broadcastId + "]";
    }
  }
}

package io.rostrum.localstack.s3;

import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One S3 server that keeps its objects as files.
 *
 * @param parts the build's parts
 * @param directory where its configuration and its objects are
 * @param host the address it listens on
 * @param port its port
 * @param accessKey the only access key it knows
 * @param secretKey the secret of that key
 */
public record S3Server(
    Parts parts, Path directory, String host, int port, String accessKey, String secretKey) {

  /** The bucket of Rostrum's media. */
  public static final String BUCKET = "rostrum";

  public String endpoint() {
    return "http://" + host + ":" + port;
  }

  /** Writes the configuration and makes the bucket. */
  public void prepare() throws IOException {
    // To this server a bucket is a folder.
    Files.createDirectories(directory.resolve("objects").resolve(BUCKET));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "s3proxy.endpoint",
            endpoint(),
            "s3proxy.authorization",
            "aws-v2-or-v4",
            "s3proxy.identity",
            accessKey,
            "s3proxy.credential",
            secretKey,
            "jclouds.provider",
            "filesystem-nio2",
            "jclouds.filesystem.basedir",
            directory.resolve("objects").toString()));
    Path file = configurationFile();
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, "Written at every start");
    }
  }

  public Program program() {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(192));
    command.addAll(
        List.of(
            "-DLOG_LEVEL=warn",
            "-jar",
            parts.s3proxyJar().toString(),
            "--properties",
            configurationFile().toString()));
    return Program.of(
        "s3",
        command,
        Map.of(),
        directory,
        // Without a signature the answer is 403: it is there, and it keeps strangers out.
        Readiness.http(endpoint() + "/" + BUCKET, status -> status == 200 || status == 403),
        Duration.ofSeconds(60));
  }

  private Path configurationFile() {
    return directory.resolve("s3proxy.properties");
  }
}

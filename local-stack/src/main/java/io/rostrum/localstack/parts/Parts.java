package io.rostrum.localstack.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs that the build copied to {@code local-stack/target/parts}: Kafka's class path, the
 * S3 server, Keycloak, Postgres' binaries, the class paths of the launcher's own processes.
 *
 * @param directory the directory that holds one folder per part
 */
public record Parts(Path directory) {

  /** System property that names the parts directory, for a checkout laid out differently. */
  public static final String LOCATION_PROPERTY = "rostrum.parts";

  /**
   * Finds the parts: the system property {@value #LOCATION_PROPERTY}, or {@code
   * local-stack/target/parts} of the checkout that the working directory lies in.
   *
   * @throws IllegalStateException if they are not there, with the command that builds them
   */
  public static Parts locate() {
    String configured = System.getProperty(LOCATION_PROPERTY);
    Path directory =
        configured != null
            ? Path.of(configured).toAbsolutePath()
            : Checkout.locate().resolve("local-stack/target/parts");
    if (!Files.isDirectory(directory.resolve("kafka/lib"))) {
      throw new IllegalStateException(
          "The local stack's parts are not in "
              + directory
              + ". Build them once: ./mvnw -pl local-stack -am install -DskipTests");
    }
    return new Parts(directory);
  }

  /** Kafka's class path, as a {@code -cp} argument. */
  public String kafkaClassPath() {
    return directory.resolve("kafka/lib") + "/*";
  }

  /** The S3 server as one executable jar. */
  public Path s3proxyJar() {
    return only("s3proxy", ".jar");
  }

  /** Keycloak's home, unpacked. */
  public Path keycloakHome() {
    return only("keycloak", "");
  }

  /** The jar that holds Postgres' binaries of this platform. */
  public Path postgresArchive() {
    return only("postgres", ".jar");
  }

  /** A folder of jars, as a {@code -cp} argument: {@code edge} or {@code demo}. */
  public String classPath(String part) {
    return directory.resolve(part) + "/*";
  }

  private Path only(String part, String suffix) {
    Path folder = directory.resolve(part);
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> candidates =
          found.filter(path -> path.getFileName().toString().endsWith(suffix)).sorted().toList();
      if (candidates.isEmpty()) {
        throw new IllegalStateException(
            folder + " is empty. Build it: ./mvnw -pl local-stack -am install -DskipTests");
      }
      // After a version bump both may lie there; the later name is the later version.
      return candidates.get(candidates.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

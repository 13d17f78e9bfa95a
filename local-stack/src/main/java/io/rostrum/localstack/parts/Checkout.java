package io.rostrum.localstack.parts;

import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the checkout. */
public final class Checkout {

  /** System property that the launcher script sets to the root of the checkout. */
  public static final String HOME_PROPERTY = "rostrum.home";

  private Checkout() {}

  /**
   * The root of the checkout: the system property {@value #HOME_PROPERTY}, or the first directory
   * from the working directory upwards that holds the Maven wrapper.
   *
   * @throws IllegalStateException if the working directory lies in no checkout
   */
  public static Path locate() {
    String configured = System.getProperty(HOME_PROPERTY);
    if (configured != null) {
      return Path.of(configured).toAbsolutePath();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      if (Files.exists(directory.resolve("mvnw"))
          && Files.isDirectory(directory.resolve("local-stack"))) {
        return directory;
      }
    }
    throw new IllegalStateException(
        start + " lies in no checkout of Rostrum: run from the checkout or set -D" + HOME_PROPERTY);
  }
}

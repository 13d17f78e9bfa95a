package io.rostrum.localstack.parts;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this module's own classes are, for processes that run others of its main classes. */
public final class OwnJar {

  private OwnJar() {}

  /** The jar, or the directory of classes when run from the build. */
  public static Path path() {
    try {
      return Path.of(OwnJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.rostrum.system.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of this checkout. */
final class DeployFiles {

  static final List<String> SERVICES = List.of("ingest", "transcode", "catalog", "playback");

  private DeployFiles() {}

  /** The root of the checkout: the nearest folder upwards that has the launcher in it. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve("rostrum"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("these tests run in a checkout of Rostrum");
    }
    return folder;
  }

  static Path path(String fromRoot) {
    return root().resolve(fromRoot);
  }

  static String read(String fromRoot) {
    return read(path(fromRoot));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String dockerfile(String service) {
    return read("deploy/images/" + service + "/Dockerfile");
  }

  /** A property of the root pom. */
  static String pomProperty(String name) {
    return only(read("pom.xml"), "<" + name + ">([^<]+)</" + name + ">");
  }

  /** The first group of the one place where {@code regex} is found. */
  static String only(String text, String regex) {
    List<String> found = all(text, regex).map(match -> match.group(1)).distinct().toList();
    if (found.size() != 1) {
      throw new AssertionError(regex + " should be found with one value, but was with " + found);
    }
    return found.get(0);
  }

  static Stream<MatchResult> all(String text, String regex) {
    return Pattern.compile(regex, Pattern.MULTILINE).matcher(text).results();
  }
}

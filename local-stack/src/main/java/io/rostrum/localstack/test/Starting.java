package io.rostrum.localstack.test;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts parts in temporary directories, and turns what can go wrong into unchecked exceptions:
 * tests only fail.
 */
final class Starting {

  private Starting() {}

  interface Start<T> {
    T in(Path directory) throws IOException, InterruptedException, StartFailure;
  }

  interface Action {
    void run() throws IOException, InterruptedException, StartFailure;
  }

  static <T> T start(String prefix, Start<T> start) {
    Path directory;
    try {
      directory = Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return start.in(directory);
    } catch (IOException | StartFailure e) {
      delete(directory);
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      delete(directory);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting", e);
    }
  }

  static void run(Action action) {
    try {
      action.run();
    } catch (IOException | StartFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting", e);
    }
  }

  /** Deletes what is left of a temporary directory; usually the process' guard has done it. */
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException ignored) {
      // Something still writes there; the operating system clears its temporary files.
    }
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.parts.Checkout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The directory that holds everything of one stack: what it stores, its logs, what runs.
 *
 * @param root the directory of {@code --data}
 */
record DataDirectory(Path root) {

  Path of(String process) {
    return root.resolve(process);
  }

  Path stackFile() {
    return root.resolve("stack.json");
  }

  Path pidFile(String process) {
    return root.resolve("run").resolve(process + ".pid");
  }

  Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  /**
   * {@code java.io.tmpdir} of all processes, so that nothing is left in the system's when one is
   * killed.
   */
  Path temporary() {
    return root.resolve("tmp");
  }

  /** Exists while processes are stopped on purpose. */
  Path goingDown() {
    return root.resolve("run/going-down");
  }

  /** A command line for this stack, to be shown to people. */
  String command(String words) {
    boolean usual = root.equals(Checkout.locate().resolve(".rostrum"));
    return "./rostrum " + words + (usual ? "" : " --data " + root);
  }

  void create() throws IOException {
    Files.createDirectories(root.resolve("run"));
    Files.createDirectories(root.resolve("logs"));
    Files.createDirectories(temporary());
  }

  /** Empties and removes the temporary directory; only when nothing runs. */
  void removeTemporary() throws IOException {
    if (!Files.exists(temporary())) {
      return;
    }
    try (Stream<Path> tree = Files.walk(temporary())) {
      List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    }
  }

  /**
   * Keeps other launcher commands from changing the same stack at the same time.
   *
   * @throws IOException if another one still does after half a minute
   */
  Lock lock() throws IOException, InterruptedException {
    create();
    FileChannel channel =
        FileChannel.open(
            root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    for (int attempt = 0; attempt < 300; attempt++) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel::close;
      }
      // A file lock cannot be waited for with a time-out.
      TimeUnit.MILLISECONDS.sleep(100);
    }
    channel.close();
    throw new IOException(
        "Another ./rostrum command is busy with "
            + root
            + ". Wait until it is done, or stop it with Ctrl-C.");
  }

  /** Held while a command changes what runs. */
  @FunctionalInterface
  interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}

package io.rostrum.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Finds the process that holds a port: through /proc on Linux, with lsof elsewhere. */
final class PortHolder {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN = "0A";
  private static final int MAX_COMMAND_CHARS = 100;

  private PortHolder() {}

  /** Pid and command of the holder; empty if it belongs to somebody else or is gone. */
  static Optional<String> find(int port, boolean udp) {
    try {
      Optional<Long> pid =
          Files.isDirectory(PROC.resolve("net")) ? byProc(port, udp) : byLsof(port, udp);
      return pid.map(PortHolder::describe);
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Long> byProc(int port, boolean udp) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : udp ? List.of("udp", "udp6") : List.of("tcp", "tcp6")) {
      Path file = PROC.resolve("net").resolve(table);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          // proc(5): "sl local_address rem_address st ... inode", addresses as HEX:PORT.
          String[] fields = line.trim().split("\\s+");
          if (fields.length > 9
              && fields[1].endsWith(String.format(":%04X", port))
              && (udp || fields[3].equals(LISTEN))) {
            sockets.add("socket:[" + fields[9] + "]");
          }
        }
      }
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holdsOne(process, sockets)) {
          return Optional.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holdsOne(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException | UncheckedIOException ignored) {
      // Somebody else's process, or gone meanwhile.
    }
    return false;
  }

  private static Optional<Long> byLsof(int port, boolean udp)
      throws IOException, InterruptedException {
    String what = (udp ? "-iUDP:" : "-iTCP:") + port;
    Process lsof =
        (udp
                ? new ProcessBuilder("lsof", "-nP", "-t", what)
                : new ProcessBuilder("lsof", "-nP", "-t", what, "-sTCP:LISTEN"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(lsof.getInputStream().readAllBytes());
    lsof.waitFor(5, TimeUnit.SECONDS);
    return output.lines().findFirst().map(String::trim).map(Long::parseLong);
  }

  private static String describe(long pid) {
    String command =
        ProcessHandle.of(pid)
            .map(ProcessHandle::info)
            .flatMap(info -> info.commandLine().or(info::command))
            .orElse("unknown program");
    return "pid "
        + pid
        + ": "
        + (command.length() > MAX_COMMAND_CHARS
            ? command.substring(0, MAX_COMMAND_CHARS) + "..."
            : command);
  }
}

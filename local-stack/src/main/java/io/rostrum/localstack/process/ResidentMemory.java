package io.rostrum.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much memory processes have in RAM: from /proc on Linux, from ps elsewhere. */
public final class ResidentMemory {

  private static final String FIELD = "VmRSS:";

  private ResidentMemory() {}

  /**
   * Bytes of a process and its descendants together, shared pages counted for each. Empty if it
   * cannot be told.
   */
  public static OptionalLong ofFamily(Pid pid) throws InterruptedException {
    List<Pid> family = Stream.concat(Stream.of(pid), pid.descendants().stream()).toList();
    try {
      long kibibytes = Files.isDirectory(Path.of("/proc/self")) ? byProc(family) : byPs(family);
      return OptionalLong.of(kibibytes * 1024);
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static long byProc(List<Pid> family) throws IOException {
    long kibibytes = 0;
    for (Pid pid : family) {
      Path status = Path.of("/proc/" + pid.value() + "/status");
      if (Files.exists(status)) {
        kibibytes +=
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(FIELD))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
      }
    }
    return kibibytes;
  }

  private static long byPs(List<Pid> family) throws IOException, InterruptedException {
    String pids =
        family.stream().map(each -> Long.toString(each.value())).collect(Collectors.joining(","));
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pids).start();
    String output = new String(ps.getInputStream().readAllBytes());
    ps.waitFor();
    return output
        .lines()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .mapToLong(Long::parseLong)
        .sum();
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.ResidentMemory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./rostrum status}: one line per process. Exit status 1 if there is no stack. */
final class StatusCommand {

  private final DataDirectory data;
  private final Console console;

  StatusCommand(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  int run() throws IOException, InterruptedException {
    Optional<StackFile> stack = new RunningStack(data).find();
    if (stack.isEmpty()) {
      console.say("Nothing runs in " + data.root() + ". Start the stack: " + data.command("up"));
      return 1;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PROCESS", "STATE", "PID", "UP", "MEMORY", "PORTS", "ADDRESS"));
    boolean all = true;
    List<String> names =
        Stream.concat(
                StackLayout.processes(stack.get().infraOnly()).stream(),
                stack.get().processes().keySet().stream())
            .distinct()
            .toList();
    for (String name : names) {
      Pid pid = stack.get().processes().get(name);
      boolean alive = pid != null && pid.isAlive();
      all &= alive;
      rows.add(row(stack.get(), name, pid, alive));
    }
    console.table(rows);
    if (!all) {
      console.say("Start again what does not run: " + data.command("start PROCESS"));
    }
    return 0;
  }

  private static List<String> row(StackFile stack, String name, Pid pid, boolean alive)
      throws IOException, InterruptedException {
    String ports =
        Stream.of(StackPort.values())
            .filter(port -> port.process().equals(name))
            .map(port -> stack.network().port(port) + (port.isUdp() ? "/udp" : ""))
            .collect(Collectors.joining(" "));
    String address = Addresses.ofProcess(stack.network(), name);
    return List.of(
        name,
        alive ? "running" : pid == null ? "not started" : "dead",
        alive ? Long.toString(pid.value()) : "-",
        alive ? uptime(pid.startedAt()) : "-",
        alive ? memory(pid) : "-",
        ports.isEmpty() ? "-" : ports,
        address == null ? "" : address);
  }

  private static String uptime(Instant startedAt) {
    if (startedAt == null) {
      return "?";
    }
    Duration up = Duration.between(startedAt, Instant.now());
    return up.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %02d min", up.toHours(), up.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %02d s", up.toMinutes(), up.toSecondsPart());
  }

  private static String memory(Pid pid) throws IOException, InterruptedException {
    OptionalLong bytes = ResidentMemory.ofFamily(pid);
    return bytes.isPresent() ? bytes.getAsLong() / 1024 / 1024 + " MiB" : "?";
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** {@code ./rostrum down}: stops everything; what it stored stays. */
final class DownCommand {

  private final DataDirectory data;
  private final Console console;

  DownCommand(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  @SuppressWarnings("try") // the lock is only held
  int run() throws IOException, InterruptedException {
    try (DataDirectory.Lock lock = data.lock()) {
      Optional<StackFile> stack = new RunningStack(data).find();
      if (stack.isEmpty()) {
        console.progress("Nothing runs in " + data.root() + ".");
        data.removeTemporary();
        return 0;
      }
      stop(stack.get());
      return 0;
    }
  }

  /** Stops a stack and forgets its processes. The caller holds the lock. */
  void stop(StackFile stack) throws IOException, InterruptedException {
    console.progress("Rostrum stops.");
    Files.write(data.goingDown(), new byte[0]);
    try {
      endDemo(stack);
      new StackStopper(console).stop(stack.processes());
      StackFile.remove(data, stack.processes().keySet());
      data.removeTemporary();
    } finally {
      Files.deleteIfExists(data.goingDown());
    }
  }

  private void endDemo(StackFile stack) throws IOException, InterruptedException {
    Map<String, Pid> processes = stack.processes();
    boolean canEnd = true;
    for (String name : new String[] {StackLayout.DEMO, "edge", "catalog", "keycloak", "ingest"}) {
      canEnd &= processes.containsKey(name) && processes.get(name).isAlive();
    }
    if (canEnd && new DemoBroadcast(new RunningStack(data).layout(stack.network())).end()) {
      console.progress("  The demo's broadcast has ended: it is a replay now.");
    }
  }
}

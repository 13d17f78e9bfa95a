package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.LogTail;
import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Watches over the stack while {@code up} stays in the foreground, and tells of processes that die.
 */
final class Watch {

  private static final int TAIL_LINES = 15;

  private final DataDirectory data;
  private final Console console;
  private final Map<String, Pid> reported = new HashMap<>();

  Watch(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  /** Returns when the stack was taken down by another command. */
  void run() throws IOException, InterruptedException {
    while (true) {
      Optional<StackFile> stack = new RunningStack(data).find();
      if (stack.isEmpty()) {
        console.progress("The stack was taken down.");
        return;
      }
      for (Map.Entry<String, Pid> process : stack.get().processes().entrySet()) {
        look(process.getKey(), process.getValue());
      }
      // The processes are not this program's children: it can only look at them.
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private void look(String name, Pid pid) throws IOException {
    Pid last = reported.get(name);
    if (pid.isAlive()) {
      if (last != null && !last.equals(pid)) {
        console.progress(name + " runs again, pid " + pid.value() + ".");
      }
      reported.remove(name);
    } else if (!pid.equals(last) && !isGoingDown()) {
      reported.put(name, pid);
      console.progress(name + " (pid " + pid.value() + ") has stopped. The end of its log:");
      LogTail.of(data.log(name), TAIL_LINES).forEach(line -> console.progress("    " + line));
      console.progress(
          "All of it: "
              + data.command("logs " + name)
              + "   Start it again: "
              + data.command("start " + name));
    }
  }

  private boolean isGoingDown() throws IOException {
    return Files.exists(data.goingDown());
  }
}

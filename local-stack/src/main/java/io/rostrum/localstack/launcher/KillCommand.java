package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./rostrum kill SERVICE}: kill -9 of one process, as a crash would end it. Its children
 * must notice by themselves; one that does not is reported and killed.
 */
final class KillCommand {

  private static final Duration CHILDREN_WITHIN = Duration.ofSeconds(5);

  private final DataDirectory data;
  private final Console console;

  KillCommand(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  int run(String process) throws IOException, InterruptedException {
    // Without the lock: one may kill what another command is just starting.
    Pid pid = new RunningStack(data).require().processes().get(process);
    if (pid == null || !pid.isAlive()) {
      console.progress(process + " does not run.");
      return 1;
    }
    List<Pid> children = pid.descendants();
    pid.signal("KILL");
    if (!pid.awaitExit(Duration.ofSeconds(5))) {
      console.progress(process + " (pid " + pid.value() + ") cannot be killed.");
      return 1;
    }
    for (Pid child : children) {
      if (!child.awaitExit(CHILDREN_WITHIN)) {
        console.progress(
            "pid " + child.value() + " outlived its parent " + process + " and is killed too.");
        child.signal("KILL");
      }
    }
    console.progress(process + " (pid " + pid.value() + ") is killed.");
    return 0;
  }
}

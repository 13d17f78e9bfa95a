package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.util.List;

/**
 * {@code ./rostrum start SERVICE}: starts one process of the stack again; returns when it is ready.
 */
final class StartCommand {

  private final DataDirectory data;
  private final Console console;

  StartCommand(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  @SuppressWarnings("try") // the lock is only held
  int run(String process) throws IOException, InterruptedException, StartFailure {
    try (DataDirectory.Lock lock = data.lock()) {
      StackFile stack = new RunningStack(data).require();
      Pid pid = stack.processes().get(process);
      if (pid != null && pid.isAlive()) {
        console.progress(process + " runs already, pid " + pid.value() + ".");
        return 0;
      }
      PortCheck.check(stack.network(), List.of(process));
      StackLayout layout = new RunningStack(data).layout(stack.network());
      new StackStarter(layout, stack, console).start(List.of(process));
      return 0;
    }
  }
}

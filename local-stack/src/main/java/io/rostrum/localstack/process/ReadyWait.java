package io.rostrum.localstack.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a started program is ready, has died, or has used up its time. */
final class ReadyWait {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TAIL_LINES = 20;

  private ReadyWait() {}

  static void await(Program program, Pid pid, Path log) throws StartFailure, InterruptedException {
    long deadline = System.nanoTime() + program.readyWithin().toNanos();
    while (true) {
      // Dead before ready: otherwise the answer of a stranger on the same port would count.
      if (!pid.isAlive()) {
        throw new StartFailure(program.name() + " stopped while it was starting." + tail(log));
      }
      try {
        program.readiness().check();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw new StartFailure(
              program.name()
                  + " is not ready after "
                  + program.readyWithin().toSeconds()
                  + " s: "
                  + notYet.getMessage()
                  + "."
                  + tail(log),
              notYet);
        }
      }
      // Readiness can only be asked for; nothing tells.
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  private static String tail(Path log) {
    StringBuilder text = new StringBuilder(" The end of its log ").append(log).append(":\n");
    try {
      LogTail.of(log, TAIL_LINES).forEach(line -> text.append("    ").append(line).append('\n'));
    } catch (IOException e) {
      text.append("    (cannot be read: ").append(e.getMessage()).append(")\n");
    }
    return text.toString();
  }
}

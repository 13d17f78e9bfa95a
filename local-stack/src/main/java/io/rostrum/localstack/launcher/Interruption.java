package io.rostrum.localstack.launcher;

import java.io.IOException;
import java.util.Optional;

/**
 * Ctrl-C, or SIGTERM, of a launcher in the foreground: stops the whole stack in order, also in the
 * middle of a start. Runs as a shutdown hook.
 */
final class Interruption {

  private final DataDirectory data;
  private final Console console;
  private final Thread hook = new Thread(this::stop, "stop-stack");
  private StackStarter starter;
  private boolean removed;
  private boolean stopping;

  Interruption(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  /**
   * From now on an end of this program is the end of the stack. It holds the lock and starts
   * processes.
   */
  synchronized void install(StackStarter starting) {
    this.starter = starting;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The start is over; others may change the stack again. */
  synchronized void started() {
    this.starter = null;
  }

  /** From now on the end of this command is not the end of the stack. */
  synchronized void remove() {
    removed = true;
  }

  /** If the stack is being stopped: does not return, since the end of the program is near. */
  void awaitIfStopping() throws InterruptedException {
    synchronized (this) {
      if (!stopping) {
        return;
      }
    }
    hook.join();
  }

  private void stop() {
    StackStarter busy;
    synchronized (this) {
      if (removed) {
        return;
      }
      busy = starter;
      stopping = true;
    }
    try {
      DownCommand down = new DownCommand(data, console);
      if (busy == null) {
        Optional<StackFile> running = new RunningStack(data).find();
        if (running.isPresent()) {
          down.run();
        }
      } else {
        busy.close();
        down.stop(busy.stack());
      }
    } catch (IOException e) {
      console.progress(
          "Not everything was stopped: " + e.getMessage() + ". Try " + data.command("down"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

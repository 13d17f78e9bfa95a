package io.rostrum.transcode.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Codec children that were started before anybody needs them, some of each command, so that the
 * first picture of a broadcast does not wait for a JVM to start and load its libraries. A child
 * that is waiting has rehearsed, reads its standard input and does nothing else; it ends with this
 * process. Thread safe.
 */
public final class SpareChildren implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SpareChildren.class);

  /** Not at once: whoever has just taken one needs the processor now. */
  private static final int REFILL_SECONDS = 5;

  private final Map<List<String>, Integer> kept = new HashMap<>();
  private final Map<List<String>, Deque<Process>> waiting = new HashMap<>();
  private final ScheduledExecutorService refills =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "codec-spares");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  /** Keeps so many children of this command from now on. */
  public synchronized void keep(WorkerCommand command, int children) {
    kept.put(command.words(), children);
    refill(command);
  }

  /** A child of the command that runs already; null where none is kept, or it is not there yet. */
  synchronized Process take(WorkerCommand command) {
    if (kept.containsKey(command.words()) && !closed) {
      refills.schedule(() -> refill(command), REFILL_SECONDS, TimeUnit.SECONDS);
    }
    Deque<Process> children = waiting.getOrDefault(command.words(), new ArrayDeque<>());
    children.removeIf(child -> !child.isAlive());
    return children.poll();
  }

  private synchronized void refill(WorkerCommand command) {
    if (closed) {
      return;
    }
    Deque<Process> children = waiting.computeIfAbsent(command.words(), none -> new ArrayDeque<>());
    try {
      while (children.size() < kept.get(command.words())) {
        children.add(command.startSpare());
      }
    } catch (IOException e) {
      // Said aloud when one is needed: that start fails as well, and stops something.
      LOG.debugf("No spare codec worker: error=%s", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    refills.shutdownNow();
    waiting.values().forEach(children -> children.forEach(Process::destroyForcibly));
    waiting.clear();
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.DetachedProcess;
import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Stops processes in order: who uses another goes before it. */
final class StackStopper {

  /** Each group is stopped at once, when the group before it is gone. */
  private static final List<Set<String>> ORDER =
      List.of(
          Set.of("demo"),
          Set.of("edge", "ingest"),
          Set.of("transcode", "catalog", "playback"),
          Set.of("postgres", "kafka", "s3", "keycloak"));

  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final Console console;

  StackStopper(Console console) {
    this.console = console;
  }

  /** Stops those of the processes that run. */
  void stop(Map<String, Pid> processes) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (Set<String> group : ORDER) {
        List<Future<?>> stops = new ArrayList<>();
        for (Map.Entry<String, Pid> process : processes.entrySet()) {
          if (group.contains(process.getKey()) && process.getValue().isAlive()) {
            stops.add(threads.submit(() -> stopOne(process.getKey(), process.getValue())));
          }
        }
        await(stops);
      }
    } finally {
      threads.shutdown();
    }
  }

  private Void stopOne(String name, Pid pid) throws IOException, InterruptedException {
    // SIGTERM would let Postgres wait for its clients.
    String signal = name.equals("postgres") ? "INT" : "TERM";
    boolean orderly = DetachedProcess.stop(pid, signal, WITHIN);
    console.progress(
        "  "
            + name
            + (orderly
                ? " stopped"
                : " did not stop within " + WITHIN.toSeconds() + " s and was killed"));
    return null;
  }

  private static void await(Collection<Future<?>> stops) throws IOException, InterruptedException {
    for (Future<?> stop : stops) {
      try {
        stop.get();
      } catch (ExecutionException e) {
        throw new IOException("A process could not be stopped: " + e.getCause(), e);
      }
    }
  }
}

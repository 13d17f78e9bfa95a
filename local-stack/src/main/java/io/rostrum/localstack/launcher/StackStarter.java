package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.DetachedProcess;
import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts components, each as soon as what it needs is ready, and writes every start to {@code
 * stack.json} at once, so that nothing that runs is ever forgotten.
 */
final class StackStarter {

  private static final int REMIND_SECONDS = 15;

  private final StackLayout layout;
  private final Console console;
  private final Object spawning = new Object();
  private StackFile stack;
  private boolean closed;

  /**
   * @param stack what runs already
   */
  StackStarter(StackLayout layout, StackFile stack, Console console) {
    this.layout = layout;
    this.stack = stack;
    this.console = console;
  }

  /** The stack with all starts so far. */
  StackFile stack() {
    synchronized (spawning) {
      return stack;
    }
  }

  /** No process is started after this returns. */
  void close() {
    synchronized (spawning) {
      closed = true;
    }
  }

  /**
   * Starts components and returns when all are ready. What they need and is not among them is taken
   * for ready.
   *
   * @throws StartFailure of the first that fails; the others may be left running
   */
  void start(Collection<String> names) throws StartFailure, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, names.size()));
    Map<String, CompletableFuture<Void>> ready = new HashMap<>();
    names.forEach(name -> ready.put(name, new CompletableFuture<>()));
    CompletableFuture<Void> failed = new CompletableFuture<>();
    try {
      for (String name : names) {
        threads.execute(
            () -> {
              try {
                startOne(layout.component(name), ready);
                ready.get(name).complete(null);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException | StartFailure | RuntimeException e) {
                failed.completeExceptionally(e);
              }
            });
      }
      await(ready, failed);
    } finally {
      threads.shutdownNow();
    }
  }

  private void await(Map<String, CompletableFuture<Void>> ready, CompletableFuture<Void> failed)
      throws StartFailure, InterruptedException {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ready.values().toArray(new CompletableFuture<?>[0]));
    while (true) {
      try {
        CompletableFuture.anyOf(all, failed).get(REMIND_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        List<String> waiting =
            ready.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        console.progress("  ... waiting for " + String.join(", ", waiting));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StartFailure failure) {
          throw failure;
        }
        throw new StartFailure(e.getCause().getMessage(), e.getCause());
      }
    }
  }

  private void startOne(Component component, Map<String, CompletableFuture<Void>> ready)
      throws IOException, InterruptedException, StartFailure {
    for (String need : component.needs()) {
      if (ready.containsKey(need)) {
        try {
          ready.get(need).get();
        } catch (ExecutionException e) {
          throw new StartFailure(component.name() + " needs " + need, e);
        }
      }
    }
    long startedNanos = System.nanoTime();
    component.prepare().run();
    Program program = component.program().get();
    Path log = layout.data().log(component.name());
    Pid pid = spawn(program, log);
    DetachedProcess.awaitReady(program, pid, log);
    component.afterReady().run();
    console.progress(
        String.format(
            Locale.ROOT,
            "  %-9s ready after %.1f s",
            component.name(),
            (System.nanoTime() - startedNanos) / 1e9));
  }

  private Pid spawn(Program program, Path log)
      throws IOException, StartFailure, InterruptedException {
    synchronized (spawning) {
      if (closed || Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      Pid pid = DetachedProcess.start(program, log);
      stack = stack.with(program.name(), pid);
      stack.write(layout.data());
      return pid;
    }
  }
}

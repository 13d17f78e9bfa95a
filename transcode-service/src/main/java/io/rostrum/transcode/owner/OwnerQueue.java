package io.rostrum.transcode.owner;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Work that other threads hand to the owner loop. */
final class OwnerQueue implements Executor {
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

  @Override
  public void execute(Runnable task) {
    work.add(task);
  }

  boolean isEmpty() {
    return work.isEmpty();
  }

  /** Runs what is there; in the owner loop's thread. */
  void drain() {
    for (Runnable task = work.poll(); task != null; task = work.poll()) {
      task.run();
    }
  }
}

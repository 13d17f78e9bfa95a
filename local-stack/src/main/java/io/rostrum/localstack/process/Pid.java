package io.rostrum.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of this machine, known by its pid and by when it started, so that a pid that the system
 * gave to somebody else meanwhile is not taken for it.
 *
 * @param value the pid
 * @param startedAt when the process started; absent ({@code null}) where the system does not say
 */
public record Pid(long value, Instant startedAt) {

  private static final Duration POLL = Duration.ofMillis(50);

  /** The running process with this pid. Empty if there is none. */
  public static Optional<Pid> of(long pid) {
    return ProcessHandle.of(pid)
        .map(handle -> new Pid(pid, handle.info().startInstant().orElse(null)))
        .filter(Pid::isAlive);
  }

  /** Whether it runs. A zombie (dead, but its parent does not care) does not. */
  public boolean isAlive() {
    Optional<ProcessHandle> handle = ProcessHandle.of(value).filter(ProcessHandle::isAlive);
    if (handle.isEmpty() || isZombie()) {
      return false;
    }
    Instant started = handle.get().info().startInstant().orElse(null);
    return startedAt == null
        || started == null
        // The system counts in ticks since boot: the instant derived from them moves a little.
        || Duration.between(startedAt, started).abs().compareTo(Duration.ofSeconds(2)) < 0;
  }

  /** Its children, their children and so on, as they are now. */
  public List<Pid> descendants() {
    return ProcessHandle.of(value).stream()
        .flatMap(ProcessHandle::descendants)
        .map(child -> new Pid(child.pid(), child.info().startInstant().orElse(null)))
        .toList();
  }

  /** Sends a signal, for example {@code TERM}; does nothing if the process is gone. */
  public void signal(String name) throws IOException, InterruptedException {
    if (isAlive()) {
      // The shell's own: a small system has no kill program.
      new ProcessBuilder("bash", "-c", "kill -" + name + " " + value)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /**
   * Waits until it is gone.
   *
   * @return whether that happened in time
   */
  public boolean awaitExit(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      // Not our child, so there is nothing to wait on: the system only lets us look.
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    return true;
  }

  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + value + "/stat"));
      // proc(5): "pid (comm) state ..."; comm may hold anything, so look behind its end.
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X';
    } catch (IOException | IndexOutOfBoundsException ignored) {
      // No such file: gone already, or a system without /proc, where orphans are reaped by launchd.
      return false;
    }
  }
}

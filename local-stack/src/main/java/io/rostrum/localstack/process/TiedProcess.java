package io.rostrum.localstack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that lives no longer than the JVM that started it. A small shell stands between the two
 * and holds the other end of a pipe: when the JVM closes it or dies, be it by kill -9, the shell
 * kills the process and removes its directory.
 *
 * <p>Safe to close from any thread, and more than once.
 */
public final class TiedProcess implements AutoCloseable {

  // $1 = log, $2 = directory to remove at the end (or empty), the rest = the command.
  // "set -m" gives the command a process group of its own, so that a Ctrl-C meant for the build
  // does not reach it and its
  // whole group can be killed. Processes that left the group (Postgres' backends) end by
  // themselves, a moment later, hence
  // the loop around rm. The first line read is the order to end: "kill" leaves the directory, end
  // of file does not.
  private static final String GUARD =
      """
      trap '' INT TERM HUP
      log=$1; remove=$2; shift 2
      set -m
      (trap - INT TERM HUP; exec "$@") </dev/null >>"$log" 2>&1 &
      child=$!
      set +m
      echo $child
      exec >/dev/null 2>&1
      order=
      read -r order
      kill -9 -- "-$child" || kill -9 "$child"
      wait "$child"
      [ "$order" = kill ] || [ -z "$remove" ] || for i in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$remove" && break || sleep 0.2
      done
      """;

  private final Process guard;
  private final Pid pid;

  private TiedProcess(Process guard, Pid pid) {
    this.guard = guard;
    this.pid = pid;
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param log where its output is appended
   * @param remove a directory that is deleted when the process ends with the JVM or by {@link
   *     #close}; may be null
   * @throws StartFailure if it does not become ready; it is stopped then
   */
  public static TiedProcess start(Program program, Path log, Path remove)
      throws IOException, InterruptedException, StartFailure {
    List<String> command = new ArrayList<>(List.of("bash", "-c", GUARD, "guard", log.toString()));
    command.add(remove == null ? "" : remove.toString());
    command.addAll(program.command());
    ProcessBuilder builder = new ProcessBuilder(command).directory(program.directory().toFile());
    builder.environment().putAll(program.environment());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process guard = builder.start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    if (line == null) {
      throw new StartFailure(program.name() + " cannot be started: bash is missing or failed");
    }
    long value = Long.parseLong(line.trim());
    TiedProcess process =
        new TiedProcess(guard, Pid.of(value).orElseGet(() -> new Pid(value, null)));
    try {
      ReadyWait.await(program, process.pid, log);
      return process;
    } catch (StartFailure | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  public Pid pid() {
    return pid;
  }

  /** kill -9; leaves its directory as a crash would. Returns when the process is gone. */
  public void kill() {
    end("kill\n");
  }

  /** Ends the process and removes its directory. */
  @Override
  public void close() {
    end("");
  }

  private synchronized void end(String order) {
    try {
      guard.getOutputStream().write(order.getBytes(StandardCharsets.US_ASCII));
      guard.getOutputStream().close();
    } catch (IOException ignored) {
      // Ended before: the pipe is closed.
    }
    try {
      if (!guard.waitFor(20, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

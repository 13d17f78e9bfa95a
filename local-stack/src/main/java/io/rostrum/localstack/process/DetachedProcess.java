package io.rostrum.localstack.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes that outlive the launcher: in a process group of their own, so that a Ctrl-C at
 * the launcher leaves them to an orderly stop, deaf to the terminal's hang-up, and with no
 * connection to the launcher's streams.
 */
public final class DetachedProcess {

  // $1 = log, the rest = the command. "set -m" (job control) makes the group; nohup and bash's -c
  // end by exec, so the pid
  // that is printed is the program's own.
  private static final String DETACH =
      """
      set -m
      log=$1; shift
      nohup "$@" </dev/null >>"$log" 2>&1 &
      echo $!
      """;

  /** A log longer than this is kept aside as {@code .1} when its program starts. */
  private static final long MAX_LOG_BYTES = 16L * 1024 * 1024;

  private DetachedProcess() {}

  /**
   * Starts a program and returns at once; see {@link #awaitReady}.
   *
   * @param log where its output is appended
   */
  public static Pid start(Program program, Path log) throws IOException, StartFailure {
    prepareLog(program.name(), log);
    List<String> command = new ArrayList<>(List.of("bash", "-c", DETACH, "detach", log.toString()));
    command.addAll(program.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.directory().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(program.environment());
    Process shell = builder.start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = out.readLine();
      if (line == null) {
        throw new StartFailure(program.name() + " cannot be started: bash is missing or failed");
      }
      long value = Long.parseLong(line.trim());
      return Pid.of(value).orElseGet(() -> new Pid(value, null));
    }
  }

  /**
   * Waits until a program that was started is ready.
   *
   * @throws StartFailure if it dies or takes too long; it is not stopped
   */
  public static void awaitReady(Program program, Pid pid, Path log)
      throws StartFailure, InterruptedException {
    ReadyWait.await(program, pid, log);
  }

  /**
   * Stops a program: asks, waits, kills if it does not listen.
   *
   * @return whether it stopped by itself
   */
  public static boolean stop(Pid pid, String signal, Duration within)
      throws IOException, InterruptedException {
    List<Pid> family = pid.descendants();
    pid.signal(signal);
    boolean orderly = pid.awaitExit(within);
    if (!orderly) {
      pid.signal("KILL");
      pid.awaitExit(Duration.ofSeconds(5));
    }
    for (Pid child : family) {
      if (!child.awaitExit(Duration.ofSeconds(3))) {
        child.signal("KILL");
      }
    }
    return orderly;
  }

  private static void prepareLog(String name, Path log) throws IOException {
    Files.createDirectories(log.getParent());
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        log,
        "---- " + name + " is started at " + Instant.now() + " ----\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}

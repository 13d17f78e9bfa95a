package io.rostrum.localstack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One program of the stack, ready to be started: everything about it that does not change from
 * start to start.
 *
 * @param name its name on the command line, in logs and in file names
 * @param command the executable and its arguments
 * @param environment variables added to the launcher's own
 * @param directory its working directory
 * @param readiness what it takes to be called ready
 * @param readyWithin how long that may last before the start is called a failure
 * @param stopSignal the signal that asks it to stop in good order, for example {@code TERM}
 * @param stopWithin how long it may take for that before it is killed
 */
public record Program(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Readiness readiness,
    Duration readyWithin,
    String stopSignal,
    Duration stopWithin) {

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException(name + " has no command");
    }
  }

  /** A program that stops on SIGTERM within ten seconds. */
  public static Program of(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Readiness readiness,
      Duration readyWithin) {
    return new Program(
        name,
        command,
        environment,
        directory,
        readiness,
        readyWithin,
        "TERM",
        Duration.ofSeconds(10));
  }
}

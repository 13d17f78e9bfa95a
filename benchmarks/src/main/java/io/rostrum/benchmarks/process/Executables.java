package io.rostrum.benchmarks.process;

import io.rostrum.benchmarks.MissingProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of the system. */
public final class Executables {
  private Executables() {}

  /**
   * @param advice how to get it
   * @throws MissingProgram if it is not there
   */
  public static Path find(String name, String advice) throws MissingProgram {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new MissingProgram(name + " is not there. " + advice));
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.util.Set;

/**
 * A process of the stack and its place in it.
 *
 * @param name its name
 * @param needs what must be ready before it is started
 * @param prepare what to do before each start, for example write its configuration
 * @param program what to run; asked after {@code prepare}
 * @param afterReady what to do when it is ready, before others count on it
 */
record Component(
    String name, Set<String> needs, Step prepare, ProgramSource program, Step afterReady) {

  static final Step NOTHING = () -> {};

  Component {
    needs = Set.copyOf(needs);
  }

  @FunctionalInterface
  interface Step {
    void run() throws IOException, InterruptedException, StartFailure;
  }

  @FunctionalInterface
  interface ProgramSource {
    Program get() throws IOException;
  }
}

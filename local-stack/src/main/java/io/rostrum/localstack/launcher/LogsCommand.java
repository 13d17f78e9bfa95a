package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./rostrum logs SERVICE}: the end of its log; with {@code --follow} also what comes. */
final class LogsCommand {

  private static final int LINES = 200;

  private final DataDirectory data;
  private final Console console;

  LogsCommand(DataDirectory data, Console console) {
    this.data = data;
    this.console = console;
  }

  int run(String process, boolean follow) throws IOException, InterruptedException {
    Path log = data.log(process);
    if (!Files.exists(log)) {
      throw new IOException(process + " has no log in " + data.root() + ": it was never started");
    }
    if (follow) {
      return new ProcessBuilder(
              List.of("tail", "-n", Integer.toString(LINES), "-F", log.toString()))
          .inheritIO()
          .start()
          .waitFor();
    }
    LogTail.of(log, LINES).forEach(console::say);
    return 0;
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.util.Set;

/** Which command a command line asks for. */
final class Commands {

  private final Options options;
  private final Console console;

  Commands(Options options, Console console) {
    this.options = options;
    this.console = console;
  }

  /** Runs it and returns the exit status. */
  int run() throws UsageException, IOException, InterruptedException, StartFailure {
    DataDirectory data = new DataDirectory(options.data());
    switch (options.command()) {
      case "up", "demo" -> {
        options.noArguments();
        return new UpCommand(options, data, console).run(options.command().equals("demo"));
      }
      case "status" -> {
        options.noArguments();
        return new StatusCommand(data, console).run();
      }
      case "logs" -> {
        return new LogsCommand(data, console)
            .run(process(options.argument("the process")), options.follow());
      }
      case "down" -> {
        options.noArguments();
        return new DownCommand(data, console).run();
      }
      case "kill" -> {
        return new KillCommand(data, console).run(process(options.argument("the process")));
      }
      case "start" -> {
        return new StartCommand(data, console).run(process(options.argument("the process")));
      }
      case "token" -> {
        String user = options.argument("the user: admin, producer, alice or bob");
        console.say(new Api(new RunningStack(data).require().network()).token(user));
        return 0;
      }
      default ->
          throw new UsageException("Unknown command " + options.command() + ". See ./rostrum help");
    }
  }

  private String process(String name) throws UsageException {
    Set<String> known = Set.copyOf(StackLayout.processes(false));
    if (!known.contains(name) && !name.equals(StackLayout.DEMO)) {
      throw new UsageException(
          "There is no process "
              + name
              + ". It is one of: ingest transcode catalog playback edge kafka postgres s3 keycloak"
              + " (and demo)");
    }
    return name;
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./rostrum up} and {@code ./rostrum demo}: starts what does not run yet, and stays unless
 * detached.
 */
final class UpCommand {

  private final Options options;
  private final DataDirectory data;
  private final Console console;

  UpCommand(Options options, DataDirectory data, Console console) {
    this.options = options;
    this.data = data;
    this.console = console;
  }

  @SuppressWarnings("try") // the lock is only held
  int run(boolean demo) throws UsageException, IOException, InterruptedException, StartFailure {
    StackLayout layout;
    Interruption interruption = new Interruption(data, console);
    try (DataDirectory.Lock lock = data.lock()) {
      Optional<StackFile> before = new RunningStack(data).find();
      StackFile stack = before.isPresent() ? continued(before.get()) : fresh();
      List<String> missing = missing(stack);
      PortCheck.check(stack.network(), missing);
      layout = new RunningStack(data).layout(stack.network());
      StackStarter starter = new StackStarter(layout, stack, console);
      // Only from here on is there anything that Ctrl-C has to stop.
      interruption.install(starter);
      try {
        start(starter, missing);
        if (demo && !isAlive(starter.stack(), StackLayout.DEMO)) {
          console.progress("The demo starts.");
          new DemoBroadcast(layout).create();
          starter.start(List.of(StackLayout.DEMO));
        }
      } catch (StartFailure | IOException | RuntimeException e) {
        interruption.awaitIfStopping();
        interruption.remove();
        stopStarted(starter, before);
        throw e;
      }
      interruption.started();
    }
    new Summary(layout, console).print(demo);
    if (options.detach()) {
      interruption.remove();
      return 0;
    }
    console.say("Ctrl-C stops everything.");
    new Watch(data, console).run();
    interruption.awaitIfStopping();
    interruption.remove();
    return 0;
  }

  private StackFile fresh() throws UsageException {
    Network network = new Network(options.bindOrLoopback(), options.portOffset());
    network.check();
    return new StackFile(network, options.infraOnly(), Instant.now(), Map.of());
  }

  /** A stack that runs, or of which some runs, keeps its addresses. */
  private StackFile continued(StackFile stack) throws IOException, UsageException {
    boolean alive = stack.processes().values().stream().anyMatch(Pid::isAlive);
    if (!alive) {
      return fresh();
    }
    boolean otherOffset =
        options.portOffsetGiven() && options.portOffset() != stack.network().portOffset();
    boolean otherBind = options.bind() != null && !options.bind().equals(stack.network().bind());
    if (otherOffset || otherBind) {
      throw new IOException(
          "A stack runs in "
              + data.root()
              + " with --port-offset "
              + stack.network().portOffset()
              + " --bind "
              + stack.network().bind()
              + ". Take it down first ("
              + data.command("down")
              + "), or use another --data");
    }
    return new StackFile(
        stack.network(), options.infraOnly(), stack.startedAt(), stack.processes());
  }

  private List<String> missing(StackFile stack) {
    return StackLayout.processes(options.infraOnly()).stream()
        .filter(name -> !isAlive(stack, name))
        .toList();
  }

  private void start(StackStarter starter, List<String> missing)
      throws StartFailure, InterruptedException {
    if (missing.isEmpty()) {
      console.progress("Rostrum runs already in " + data.root() + ".");
      return;
    }
    console.progress("Rostrum starts in " + data.root() + ".");
    starter.start(missing);
  }

  /** After a failure nothing stays that this command started; what ran before goes on. */
  private void stopStarted(StackStarter starter, Optional<StackFile> before)
      throws IOException, InterruptedException {
    starter.close();
    Map<String, Pid> started = new HashMap<>(starter.stack().processes());
    before.ifPresent(stack -> started.entrySet().removeAll(stack.processes().entrySet()));
    new StackStopper(console).stop(started);
    if (starter.stack().processes().values().stream().noneMatch(Pid::isAlive)) {
      StackFile.remove(data, starter.stack().processes().keySet());
      data.removeTemporary();
    }
  }

  private static boolean isAlive(StackFile stack, String name) {
    Pid pid = stack.processes().get(name);
    return pid != null && pid.isAlive();
  }
}

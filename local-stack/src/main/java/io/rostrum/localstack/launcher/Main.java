package io.rostrum.localstack.launcher;

import io.rostrum.localstack.parts.Checkout;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program behind {@code ./rostrum}. Exit status: 0 done, 1 failed, 2 not understood. */
public final class Main {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  public static void main(String[] words) {
    Console console = new Console(System.out, System.err);
    System.exit(run(List.of(words), console));
  }

  private static int run(List<String> words, Console console) {
    try {
      // The script has changed to the checkout; a relative --data is relative to where the caller
      // stands.
      Path workingDirectory =
          Path.of(System.getProperty("rostrum.cwd", System.getProperty("user.dir")));
      Options options = Options.parse(words, Checkout.locate(), workingDirectory);
      return new Commands(options, console).run();
    } catch (UsageException e) {
      console.progress(e.getMessage());
      return MISUSED;
    } catch (StartFailure | IOException | IllegalStateException e) {
      console.progress(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}

package io.rostrum.localstack.postgres;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.util.List;

/**
 * Postgres refuses to run as root. Where root starts it (containers, build machines), it runs in a
 * user namespace in which root is nobody.
 */
final class RootGuard {

  private RootGuard() {}

  /** What stands before the command of each of Postgres' programs. */
  static List<String> prefix() {
    return isRootOnLinux() ? List.of("unshare", "-U") : List.of();
  }

  /**
   * Checks that the way out is open.
   *
   * @throws StartFailure if the system allows no user namespaces
   */
  static void check() throws InterruptedException, StartFailure {
    if (!isRootOnLinux()) {
      return;
    }
    try {
      int status =
          new ProcessBuilder("unshare", "-U", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status == 0) {
        return;
      }
    } catch (IOException ignored) {
      // No such program: the same answer.
    }
    throw new StartFailure(
        "Postgres does not run as root, and this system does not let root leave its rights behind"
            + " (unshare -U fails). Run ./rostrum as an ordinary user.");
  }

  private static boolean isRootOnLinux() {
    return "root".equals(System.getProperty("user.name"))
        && System.getProperty("os.name").startsWith("Linux");
  }
}

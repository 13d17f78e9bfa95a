package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.MissingProgram;
import io.rostrum.benchmarks.process.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of wrk: one address again and again over some connections. */
final class Wrk {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(s|m)");
  private static final Pattern ERRORS =
      Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

  private Wrk() {}

  /**
   * @param requests that were answered
   * @param perSecond of them
   */
  record Result(long requests, double perSecond) {}

  static Result run(String address, int connections, int seconds)
      throws IOException, InterruptedException, MissingProgram {
    Process wrk =
        new ProcessBuilder(
                Executables.find("wrk", "Debian and Ubuntu: sudo apt-get install wrk.").toString(),
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "-H",
                "Accept-Encoding: gzip",
                address)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    Matcher requests = REQUESTS.matcher(said);
    Matcher errors = ERRORS.matcher(said);
    if (!requests.find() || errors.find()) {
      throw new IOException("wrk at " + address + ":\n" + said);
    }
    long count = Long.parseLong(requests.group(1));
    return new Result(count, count / Double.parseDouble(requests.group(2)));
  }
}

package io.rostrum.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM on this machine that uses the serial collector. */
public final class JavaHeap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private JavaHeap() {}

  /** Bytes that are in use after a collection, which this asks for. */
  public static long liveBytes(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    long bytes = 0;
    // Young and old generation; metaspace comes after them.
    for (int generation = 0; generation < 2 && used.find(); generation++) {
      bytes += 1024 * Long.parseLong(used.group(1));
    }
    return bytes;
  }

  private static String jcmd(long pid, String what) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                what)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + what + ": " + said);
    }
    return said;
  }
}

package io.rostrum.codecworker;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Single lines to standard error: level, constant message, facts as key=value. The parent puts them
 * into its own log.
 */
final class WorkerLog {
  private static final int MAX_VALUE_CHARS = 500;
  private static final PrintStream OUT = System.err;

  private WorkerLog() {}

  /**
   * @param facts keys and values in turn
   */
  static void info(String message, Object... facts) {
    write("INFO", message, facts);
  }

  /**
   * @param facts keys and values in turn
   */
  static void warn(String message, Object... facts) {
    write("WARN", message, facts);
  }

  /**
   * @param facts keys and values in turn
   */
  static void error(String message, Object... facts) {
    write("ERROR", message, facts);
  }

  private static void write(String level, String message, Object... facts) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-5s codec-worker: %s", level, message));
    for (int i = 0; i + 1 < facts.length; i += 2) {
      line.append(' ').append(facts[i]).append('=').append(value(facts[i + 1]));
    }
    OUT.println(line);
    OUT.flush();
  }

  /** One line whatever the value holds, quoted where it has spaces. */
  private static String value(Object fact) {
    String text = String.valueOf(fact).replaceAll("\\p{Cntrl}+", " ");
    if (text.length() > MAX_VALUE_CHARS) {
      text = text.substring(0, MAX_VALUE_CHARS) + "...";
    }
    return text.indexOf(' ') < 0 ? text : '"' + text.replace('"', '\'') + '"';
  }
}

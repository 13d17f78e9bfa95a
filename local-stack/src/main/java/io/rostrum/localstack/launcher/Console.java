package io.rostrum.localstack.launcher;

import java.io.PrintStream;
import java.util.List;

/**
 * What the launcher says: results on standard output, everything else on standard error. Safe from
 * any thread.
 */
final class Console {

  private final PrintStream out;
  private final PrintStream err;

  Console(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** A result. */
  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Progress. */
  synchronized void progress(String line) {
    err.println(line);
    err.flush();
  }

  /** Rows in columns as wide as their widest cell; the last column as it is. */
  synchronized void table(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append("  ").append(cell);
        if (i < row.size() - 1) {
          line.append(" ".repeat(widths[i] - cell.length()));
        }
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}

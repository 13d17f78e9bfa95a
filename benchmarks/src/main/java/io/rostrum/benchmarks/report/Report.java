package io.rostrum.benchmarks.report;

import io.rostrum.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures in rows under named columns, with what they were measured on. Not thread safe. */
public final class Report {
  private final String title;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param columns their names, with units
   */
  public Report(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /**
   * @param cells as many as there are columns; numbers are shown with two decimals where they are
   *     not whole
   */
  public Report row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row has " + columns.size() + " cells");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** A line under the table: a ratio, a condition. */
  public Report note(String format, Object... arguments) {
    notes.add(String.format(Locale.ROOT, format, arguments));
    return this;
  }

  /** For people. */
  public String table() {
    List<List<String>> lines = new ArrayList<>(List.of(columns));
    rows.forEach(row -> lines.add(row.stream().map(Report::text).toList()));
    StringBuilder table = new StringBuilder(title).append('\n');
    for (List<String> line : lines) {
      for (int column = 0; column < columns.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String form = column == 0 ? "  %-" + width + "s" : "  %" + width + "s";
        table.append(String.format(Locale.ROOT, form, line.get(column)));
      }
      table.append('\n');
    }
    notes.forEach(note -> table.append("  ").append(note).append('\n'));
    return table.toString();
  }

  /** For programs: a JSON document. */
  public Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    List<Map<String, Object>> records = new ArrayList<>();
    for (List<Object> row : rows) {
      Map<String, Object> entry = new LinkedHashMap<>();
      for (int column = 0; column < columns.size(); column++) {
        entry.put(columns.get(column), row.get(column));
      }
      records.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("title", title);
    document.put("processors", Runtime.getRuntime().availableProcessors());
    document.put("java", System.getProperty("java.vm.version"));
    document.put("rows", records);
    document.put("notes", notes);
    return Files.write(file, ContractJson.write(document));
  }

  private static String text(Object cell) {
    return cell instanceof Double number
        ? String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.2f", number)
        : String.valueOf(cell);
  }
}

package io.rostrum.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Committed bytes in readable form: hexadecimal digits, spaces and line ends as one likes, comments
 * behind '#'.
 */
public final class Fixtures {

  private Fixtures() {}

  /** The bytes of a resource in hexadecimal form. */
  public static byte[] hex(String resource) {
    return parseHex(text(resource));
  }

  /** Hexadecimal text with comments. */
  public static byte[] parseHex(String text) {
    String digits =
        text.lines()
            .map(line -> line.replaceAll("#.*", "").replaceAll("\\s", ""))
            .collect(Collectors.joining());
    return HexFormat.of().parseHex(digits);
  }

  /** The rows of a table whose columns stand between semicolons. */
  public static List<List<String>> table(String resource) {
    return text(resource)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(
            line ->
                List.of(line.split(";")).stream().map(String::strip).collect(Collectors.toList()))
        .collect(Collectors.toList());
  }

  private static String text(String resource) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("No such resource: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

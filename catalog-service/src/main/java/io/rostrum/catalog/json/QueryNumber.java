package io.rostrum.catalog.json;

import io.rostrum.catalog.problem.ProblemException;

/**
 * Numbers in query strings. Parameters are taken as text and parsed here, since JAX-RS would answer
 * a wrong one with 404 (Jakarta REST 3.1 §3.2), which names nothing.
 */
public final class QueryNumber {
  private QueryNumber() {}

  /**
   * @param text null or empty where the parameter is absent
   * @throws ProblemException 400 that names the parameter
   */
  public static long parse(String name, String text, long absent, long min, long max) {
    if (text == null || text.isEmpty()) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException expected) {
      // Refused below like a number out of range.
    }
    String range = max == Long.MAX_VALUE ? "from " + min + " on" : "from " + min + " to " + max;
    throw ProblemException.ofField(name, "must be a whole number " + range);
  }
}

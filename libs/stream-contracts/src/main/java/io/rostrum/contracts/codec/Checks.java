package io.rostrum.contracts.codec;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The checks that the messages' constructors share; a reader turns their exceptions into its own.
 */
final class Checks {
  private Checks() {}

  static void range(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " is " + value + ", not within " + min + " to " + max);
    }
  }

  static void name(String what, String value) {
    Objects.requireNonNull(value, what);
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > WorkerProtocol.MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          what + " has " + bytes + " bytes, not 1 to " + WorkerProtocol.MAX_NAME_BYTES);
    }
  }
}

package io.rostrum.contracts;

/**
 * PART-TARGET, the longest part of a low-latency playlist (RFC 8216bis-22 §4.4.3.7), in
 * milliseconds. Set where publications come in, written into each of their starts, fixed for a
 * broadcast by the first one, and told to playback with the ladder.
 */
public final class PartTarget {
  /** What counts where nothing is said. */
  public static final int DEFAULT_MS = 500;

  /**
   * A shorter one would have fewer than three frames of a source at 15 frames/s, and could not keep
   * to 85 % of it (§4.4.4.9).
   */
  public static final int MIN_MS = 200;

  /** What Apple recommends at most. */
  public static final int MAX_MS = 1000;

  private PartTarget() {}

  /**
   * @throws ContractException if no parts may be so long
   */
  public static void check(int ms) {
    if (ms < MIN_MS || ms > MAX_MS) {
      throw new ContractException(
          "parts of %d ms: they may be %d to %d ms long".formatted(ms, MIN_MS, MAX_MS));
    }
  }
}

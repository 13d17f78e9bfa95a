package io.rostrum.codecworker.segment;

/**
 * A segment that cannot be encoded: a limit it broke, times that make no sense, nothing to decode.
 */
public final class SegmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the reason, for logs and for the GAP
   */
  public SegmentException(String message) {
    super(message);
  }
}

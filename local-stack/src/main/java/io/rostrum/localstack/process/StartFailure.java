package io.rostrum.localstack.process;

/**
 * A program did not become ready. The message is for the person who started it: what happened, and
 * what to do.
 */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

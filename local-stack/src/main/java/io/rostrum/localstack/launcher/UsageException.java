package io.rostrum.localstack.launcher;

/** A command line that cannot be understood. The message says how it should look. */
final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}

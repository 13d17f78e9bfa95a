package io.rostrum.playback.storage;

/** The object store did not give what was asked for. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of no it is. */
  public enum Kind {
    /** There is no such object. */
    NOT_FOUND,
    /** It cannot be reached, is overloaded or refuses us. Trying again later may help. */
    UNAVAILABLE,
    /** There is an object, and it is not what the timeline says. */
    CORRUPT
  }

  private final Kind kind;

  /**
   * @param kind what kind of no it is
   * @param message what was asked for and what happened
   * @param cause what the client said; may be null
   */
  public StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of no it is. */
  public Kind kind() {
    return kind;
  }

  /** The storage exception in {@code failure}, which futures wrap. */
  public static StorageException in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException found) {
        return found;
      }
    }
    return new StorageException(Kind.UNAVAILABLE, String.valueOf(failure), failure);
  }
}

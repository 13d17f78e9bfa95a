package io.rostrum.hls.history;

/** Text that is no media playlist, or one beyond the limits of the reader. */
public final class MalformedPlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPlaylistException(int line, String message) {
    super("line " + line + ": " + message);
  }

  MalformedPlaylistException(int line, String message, Exception cause) {
    super("line " + line + ": " + message, cause);
  }
}

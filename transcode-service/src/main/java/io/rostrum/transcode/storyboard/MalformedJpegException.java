package io.rostrum.transcode.storyboard;

/** Not a JPEG of the kind that can be put below another one. */
final class MalformedJpegException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, and at which byte
   */
  MalformedJpegException(String message) {
    super(message);
  }
}

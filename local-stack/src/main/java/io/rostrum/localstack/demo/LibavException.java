package io.rostrum.localstack.demo;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** libav refused an operation. */
final class LibavException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int MAX_TEXT_BYTES = 256;

  /**
   * @param operation what was tried
   * @param code libav's negative answer
   */
  LibavException(String operation, int code) {
    super(operation + ": " + text(code));
  }

  /** Passes a result on if it is no error. */
  static int check(String operation, int result) throws LibavException {
    if (result < 0) {
      throw new LibavException(operation, result);
    }
    return result;
  }

  private static String text(int code) {
    byte[] text = new byte[MAX_TEXT_BYTES];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8) + " (" + code + ")";
  }
}

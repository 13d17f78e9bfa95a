package io.rostrum.codecworker.libav;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A libav call that failed. Native objects stay consistent after it; the segment it happened in is
 * lost.
 */
public final class LibavException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int TEXT_BYTES = 256;

  /**
   * @param message what was wrong, for failures without a return code
   */
  public LibavException(String message) {
    super(message);
  }

  /**
   * @param operation the call
   * @param code its negative return code
   */
  public LibavException(String operation, int code) {
    super(operation + ": " + text(code) + " (" + code + ")");
  }

  /** Returns the code if it is not an error. */
  static int check(String operation, int code) {
    if (code < 0) {
      throw new LibavException(operation, code);
    }
    return code;
  }

  /** Returns the pointer if the call gave one. */
  static <P extends org.bytedeco.javacpp.Pointer> P present(String operation, P pointer) {
    if (pointer == null || pointer.isNull()) {
      throw new LibavException(
          operation + " gave nothing: out of memory or an unsupported combination");
    }
    return pointer;
  }

  private static String text(int code) {
    byte[] text = new byte[TEXT_BYTES];
    avutil.av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}

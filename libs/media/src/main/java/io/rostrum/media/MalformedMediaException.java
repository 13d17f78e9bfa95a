package io.rostrum.media;

import java.util.Objects;

/**
 * Input that is not what its format allows, that uses something this library does not read, or that
 * goes beyond a limit. It is the only exception the readers of this library throw for any input.
 */
public final class MalformedMediaException extends Exception {

  /** Why the input was refused. */
  public enum Reason {
    /** The bytes contradict the format. */
    MALFORMED,
    /** The bytes may be right, but use a feature this library does not read. */
    UNSUPPORTED,
    /** The bytes may be right, but exceed a limit of this library. */
    LIMIT_EXCEEDED
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String format;
  private final long offsetBytes;

  private MalformedMediaException(Reason reason, String format, String message, long offsetBytes) {
    super(format + ": " + message + (offsetBytes >= 0 ? " (at byte " + offsetBytes + ")" : ""));
    this.reason = Objects.requireNonNull(reason);
    this.format = Objects.requireNonNull(format);
    this.offsetBytes = offsetBytes;
  }

  /**
   * The bytes contradict the format.
   *
   * @param format the structure being read, in its specification's words, such as {@code avcC}
   * @param offsetBytes where in the input, or -1 where no position makes sense
   */
  public static MalformedMediaException malformed(String format, String message, long offsetBytes) {
    return new MalformedMediaException(Reason.MALFORMED, format, message, offsetBytes);
  }

  /** A feature that this library does not read; parameters as in {@link #malformed}. */
  public static MalformedMediaException unsupported(
      String format, String message, long offsetBytes) {
    return new MalformedMediaException(Reason.UNSUPPORTED, format, message, offsetBytes);
  }

  /** A limit exceeded; the message names the limit. Parameters as in {@link #malformed}. */
  public static MalformedMediaException limit(String format, String message, long offsetBytes) {
    return new MalformedMediaException(Reason.LIMIT_EXCEEDED, format, message, offsetBytes);
  }

  /** Why the input was refused. */
  public Reason reason() {
    return reason;
  }

  /** The structure that was being read, such as {@code avcC}, {@code SPS}, {@code MP4}. */
  public String format() {
    return format;
  }

  /** Position of the trouble within the structure's bytes, or -1 where no position makes sense. */
  public long offsetBytes() {
    return offsetBytes;
  }
}

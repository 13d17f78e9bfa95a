package io.rostrum.rtmp;

/**
 * The only exception this codec throws for what a peer sent. The connection it came from cannot be
 * read any further.
 *
 * <p>Unchecked, because it crosses the callbacks of event loops.
 */
public final class RtmpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Offset of an error that has no position of its own. */
  public static final long NO_OFFSET = -1;

  /** What kind of trouble it is; also fit for a metric's tag. */
  public enum Kind {
    /** The bytes break the specification in a way nobody is known to get away with. */
    MALFORMED,
    /** Well formed, but something this codec does not do. */
    UNSUPPORTED,
    /** Well formed as far as read, but beyond one of {@link RtmpLimits}. */
    LIMIT
  }

  private final Kind kind;
  private final long offset;

  private RtmpException(Kind kind, long offset, String message) {
    super(offset < 0 ? message : message + " (at byte " + offset + ")");
    this.kind = kind;
    this.offset = offset;
  }

  public static RtmpException malformed(long offset, String message) {
    return new RtmpException(Kind.MALFORMED, offset, message);
  }

  public static RtmpException unsupported(long offset, String message) {
    return new RtmpException(Kind.UNSUPPORTED, offset, message);
  }

  /**
   * @param limit the {@link RtmpLimits} component that was exceeded, by its name
   * @param allowed its value
   */
  public static RtmpException limit(long offset, String limit, long allowed, String message) {
    return new RtmpException(Kind.LIMIT, offset, message + "; " + limit + "=" + allowed);
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Byte offset into what was being read (connection, or message payload), or {@link #NO_OFFSET}.
   */
  public long offset() {
    return offset;
  }
}

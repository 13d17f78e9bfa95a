package io.rostrum.webrtc;

/**
 * The only exception the parsers of this library throw for what a peer sent. A datagram that raises
 * it is dropped; an offer that raises it is refused.
 */
public final class WebRtcException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is; also fit for a metric's tag. */
  public enum Kind {
    /** The bytes break their specification. */
    MALFORMED,
    /** Well formed, but something this library does not do. */
    UNSUPPORTED,
    /** Well formed as far as read, but more than is allowed. */
    LIMIT,
    /** Authentication failed: a wrong key, or somebody else's packet. */
    FORGED
  }

  private final Kind kind;
  private final String format;

  private WebRtcException(Kind kind, String format, String message) {
    // Raised once for each bad datagram of a flood: without a stack trace it costs no more than the
    // datagram.
    super(format + ": " + message, null, false, false);
    this.kind = kind;
    this.format = format;
  }

  public static WebRtcException malformed(String format, String message) {
    return new WebRtcException(Kind.MALFORMED, format, message);
  }

  public static WebRtcException unsupported(String format, String message) {
    return new WebRtcException(Kind.UNSUPPORTED, format, message);
  }

  public static WebRtcException limit(String format, String message, long allowed) {
    return new WebRtcException(Kind.LIMIT, format, message + "; at most " + allowed);
  }

  public static WebRtcException forged(String format, String message) {
    return new WebRtcException(Kind.FORGED, format, message);
  }

  public Kind kind() {
    return kind;
  }

  /** What was being read: "STUN", "SDP", "RTP" and so on. */
  public String format() {
    return format;
  }
}

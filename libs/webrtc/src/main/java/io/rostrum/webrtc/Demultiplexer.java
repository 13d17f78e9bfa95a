package io.rostrum.webrtc;

/** What shares the one UDP port, told apart by the first byte: RFC 7983 §7, RFC 5761 §4. */
public enum Demultiplexer {
  STUN,
  DTLS,
  RTP,
  RTCP,
  /** Nothing that is spoken here. */
  OTHER;

  private static final int MIN_RTP_BYTES = 12;
  private static final int MIN_RTCP_BYTES = 8;

  /** What a datagram is; its content may still be malformed. */
  public static Demultiplexer of(byte[] datagram, int length) {
    if (length < 1) {
      return OTHER;
    }
    int first = datagram[0] & 0xFF;
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first < 128 || first > 191 || length < MIN_RTCP_BYTES) {
      return OTHER;
    }
    // RFC 5761 §4: payload types 64 to 95 are not used for RTP where RTCP shares its port.
    int type = datagram[1] & 0x7F;
    if (type >= 64 && type <= 95) {
      return RTCP;
    }
    return length >= MIN_RTP_BYTES ? RTP : OTHER;
  }
}

package io.rostrum.webrtc.rtcp;

import java.util.List;

/** What of RTCP matters to a server that only receives. */
public sealed interface RtcpPacket {

  /**
   * RFC 3550 §6.4.1: what time it was, on the sender's clock, at an RTP timestamp.
   *
   * @param ntp 32.32 fixed point seconds since 1900
   * @param timestamp modulo 2^32
   */
  record SenderReport(int ssrc, long ntp, int timestamp, long packets, long bytes)
      implements RtcpPacket {}

  /** RFC 3550 §6.6: streams that end. */
  record Goodbye(List<Integer> ssrcs) implements RtcpPacket {
    public Goodbye {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /**
   * Anything else: of no use here, or of no known type.
   *
   * @param type RTCP packet type
   * @param format its five bits of count, or of feedback format
   */
  record Other(int type, int format) implements RtcpPacket {}
}

package io.rostrum.webrtc.rtcp;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads compound RTCP, RFC 3550 §6.1, and reduced-size RTCP, RFC 5506.
 *
 * <pre>
 *   0                   1                   2                   3
 *  |V=2|P|   RC    |      PT       |             length            |
 * </pre>
 */
public final class RtcpReader {

  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int GOODBYE = 203;
  static final int TRANSPORT_FEEDBACK = 205;
  static final int PAYLOAD_FEEDBACK = 206;

  private static final String FORMAT = "RTCP";
  private static final int MAX_PACKETS = 64;

  private RtcpReader() {}

  /**
   * @throws WebRtcException if any part of it is malformed
   */
  public static List<RtcpPacket> read(byte[] compound) throws WebRtcException {
    ByteBuffer in = ByteBuffer.wrap(compound);
    List<RtcpPacket> packets = new ArrayList<>(4);
    do {
      if (in.remaining() < 4 || (in.get(in.position()) & 0xC0) != 0x80) {
        throw WebRtcException.malformed(FORMAT, "no version 2 header");
      }
      if (packets.size() >= MAX_PACKETS) {
        throw WebRtcException.limit(FORMAT, "too many packets in one", MAX_PACKETS);
      }
      int count = in.get() & 0x1F;
      int type = in.get() & 0xFF;
      int length = 4 * (in.getShort() & 0xFFFF);
      if (length > in.remaining()) {
        throw WebRtcException.malformed(FORMAT, "packet longer than the datagram");
      }
      packets.add(packet(type, count, in.slice(in.position(), length)));
      in.position(in.position() + length);
    } while (in.hasRemaining());
    return packets;
  }

  private static RtcpPacket packet(int type, int count, ByteBuffer body) throws WebRtcException {
    if (type == SENDER_REPORT) {
      if (body.remaining() < 24) {
        throw WebRtcException.malformed(FORMAT, "sender report cut short");
      }
      return new RtcpPacket.SenderReport(
          body.getInt(),
          body.getLong(),
          body.getInt(),
          body.getInt() & 0xFFFF_FFFFL,
          body.getInt() & 0xFFFF_FFFFL);
    }
    if (type == GOODBYE) {
      if (body.remaining() < 4 * count) {
        throw WebRtcException.malformed(FORMAT, "goodbye cut short");
      }
      List<Integer> ssrcs = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ssrcs.add(body.getInt());
      }
      return new RtcpPacket.Goodbye(ssrcs);
    }
    return new RtcpPacket.Other(type, count);
  }
}

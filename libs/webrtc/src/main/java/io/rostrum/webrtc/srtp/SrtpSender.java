package io.rostrum.webrtc.srtp;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Seals what goes to one peer: RFC 3711 §3.3 and §3.4, RFC 7714 §8 and §9. Not for two threads at
 * once.
 */
public final class SrtpSender {

  private static final int RTCP_HEADER_BYTES = 8;
  private static final int ENCRYPTED = 0x8000_0000;

  private final PacketCipher rtp;
  private final PacketCipher rtcp;
  private final Map<Integer, Long> highest = new HashMap<>();
  private int rtcpIndex;

  public SrtpSender(SrtpKeys keys) {
    rtp = new PacketCipher(keys, 0);
    rtcp = new PacketCipher(keys, KeyDerivation.RTCP);
  }

  SrtpSender(PacketCipher rtp, PacketCipher rtcp) {
    this.rtp = rtp;
    this.rtcp = rtcp;
  }

  /** Seals an RTP packet, whose sequence numbers rise; the result is a new array. */
  public byte[] sealRtp(byte[] packet) throws WebRtcException {
    int header = SrtpReceiver.rtpHeaderBytes(packet, 0);
    ByteBuffer fields = ByteBuffer.wrap(packet);
    int ssrc = fields.getInt(8);
    long index = SrtpReceiver.index(highest.getOrDefault(ssrc, -1L), fields.getShort(2) & 0xFFFF);
    highest.merge(ssrc, index, Math::max);
    if (rtp.aead()) {
      byte[] associated = Arrays.copyOf(packet, header);
      byte[] sealed =
          rtp.seal(rtp.gcmIv(ssrc, index), associated, packet, header, packet.length - header);
      byte[] out = Arrays.copyOf(associated, header + sealed.length);
      System.arraycopy(sealed, 0, out, header, sealed.length);
      return out;
    }
    byte[] out = Arrays.copyOf(packet, packet.length + rtp.tagBytes());
    rtp.counterMode(ssrc, index, out, header, packet.length - header);
    byte[] tag = rtp.tag(out, packet.length, SrtpReceiver.rolloverCounter(index));
    System.arraycopy(tag, 0, out, packet.length, tag.length);
    return out;
  }

  /** Seals a compound RTCP packet of at least eight bytes; the result is a new array. */
  public byte[] sealRtcp(byte[] packet) {
    int index = rtcpIndex++ & 0x7FFF_FFFF;
    int ssrc = ByteBuffer.wrap(packet).getInt(4);
    byte[] indexWord = ByteBuffer.allocate(4).putInt(index | ENCRYPTED).array();
    int body = packet.length - RTCP_HEADER_BYTES;
    if (rtcp.aead()) {
      byte[] associated = Arrays.copyOf(packet, RTCP_HEADER_BYTES + 4);
      System.arraycopy(indexWord, 0, associated, RTCP_HEADER_BYTES, 4);
      byte[] sealed =
          rtcp.seal(rtcp.gcmIv(ssrc, index), associated, packet, RTCP_HEADER_BYTES, body);
      return ByteBuffer.allocate(RTCP_HEADER_BYTES + sealed.length + 4)
          .put(packet, 0, RTCP_HEADER_BYTES)
          .put(sealed)
          .put(indexWord)
          .array();
    }
    byte[] out = Arrays.copyOf(packet, packet.length + 4 + rtcp.tagBytes());
    rtcp.counterMode(ssrc, index, out, RTCP_HEADER_BYTES, body);
    System.arraycopy(indexWord, 0, out, packet.length, 4);
    byte[] tag = rtcp.tag(out, packet.length + 4, new byte[0]);
    System.arraycopy(tag, 0, out, packet.length + 4, tag.length);
    return out;
  }
}

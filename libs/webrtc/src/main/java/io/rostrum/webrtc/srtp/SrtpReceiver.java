package io.rostrum.webrtc.srtp;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens what one peer sends: RFC 3711 §3.3 and §3.4, RFC 7714 §8 and §9. Packets that are forged or
 * seen before raise the exception and leave no trace. Not for two threads at once.
 */
public final class SrtpReceiver {

  private static final String FORMAT = "SRTP";
  private static final int RTP_HEADER_BYTES = 12;
  private static final int RTCP_HEADER_BYTES = 8;
  private static final int INDEX_BYTES = 4;

  /** Streams of one peer, repairs and layers included; only who has the keys can make one. */
  private static final int MAX_STREAMS = 64;

  private final PacketCipher rtp;
  private final PacketCipher rtcp;
  private final Map<Integer, ReplayWindow> rtpWindows = new LinkedHashMap<>();
  private final Map<Integer, ReplayWindow> rtcpWindows = new LinkedHashMap<>();

  public SrtpReceiver(SrtpKeys keys) {
    rtp = new PacketCipher(keys, 0);
    rtcp = new PacketCipher(keys, KeyDerivation.RTCP);
  }

  SrtpReceiver(PacketCipher rtp, PacketCipher rtcp) {
    this.rtp = rtp;
    this.rtcp = rtcp;
  }

  /**
   * Opens an RTP packet.
   *
   * @return the packet as it was before it was sealed; a new array
   */
  public byte[] openRtp(byte[] packet) throws WebRtcException {
    int header = rtpHeaderBytes(packet, rtp.tagBytes());
    ByteBuffer fields = ByteBuffer.wrap(packet);
    int ssrc = fields.getInt(8);
    ReplayWindow window = window(rtpWindows, ssrc);
    long index = index(window.highest(), fields.getShort(2) & 0xFFFF);
    requireNew(window, index);
    byte[] plain;
    if (rtp.aead()) {
      byte[] associated = Arrays.copyOf(packet, header);
      byte[] payload =
          rtp.open(rtp.gcmIv(ssrc, index), associated, packet, header, packet.length - header);
      plain = Arrays.copyOf(associated, header + payload.length);
      System.arraycopy(payload, 0, plain, header, payload.length);
    } else {
      int length = packet.length - rtp.tagBytes();
      rtp.requireTag(packet, length, rolloverCounter(index), length);
      plain = Arrays.copyOf(packet, length);
      rtp.counterMode(ssrc, index, plain, header, length - header);
    }
    accept(rtpWindows, ssrc, window, index);
    return plain;
  }

  /** Opens an RTCP packet; the result is a new array. */
  public byte[] openRtcp(byte[] packet) throws WebRtcException {
    if (packet.length < RTCP_HEADER_BYTES + INDEX_BYTES + rtcp.tagBytes()) {
      throw WebRtcException.malformed(FORMAT, "RTCP of " + packet.length + " bytes");
    }
    ByteBuffer fields = ByteBuffer.wrap(packet);
    int ssrc = fields.getInt(4);
    int indexAt = packet.length - INDEX_BYTES - (rtcp.aead() ? 0 : rtcp.tagBytes());
    boolean encrypted = fields.get(indexAt) < 0;
    long index = fields.getInt(indexAt) & 0x7FFF_FFFFL;
    ReplayWindow window = window(rtcpWindows, ssrc);
    requireNew(window, index);
    byte[] plain = rtcp.aead() ? openAeadRtcp(packet, indexAt, ssrc, index) : null;
    if (plain == null) {
      rtcp.requireTag(packet, indexAt + INDEX_BYTES, new byte[0], indexAt + INDEX_BYTES);
      plain = Arrays.copyOf(packet, indexAt);
      if (encrypted) {
        rtcp.counterMode(ssrc, index, plain, RTCP_HEADER_BYTES, plain.length - RTCP_HEADER_BYTES);
      }
    }
    accept(rtcpWindows, ssrc, window, index);
    return plain;
  }

  private byte[] openAeadRtcp(byte[] packet, int indexAt, int ssrc, long index)
      throws WebRtcException {
    // RFC 7714 §9.2, §9.3: the header (or all, where nothing is encrypted) and the index word.
    boolean encrypted = packet[indexAt] < 0;
    int clear = encrypted ? RTCP_HEADER_BYTES : indexAt - rtcp.tagBytes();
    byte[] associated = Arrays.copyOf(packet, clear + INDEX_BYTES);
    System.arraycopy(packet, indexAt, associated, clear, INDEX_BYTES);
    byte[] rest = rtcp.open(rtcp.gcmIv(ssrc, index), associated, packet, clear, indexAt - clear);
    byte[] plain = Arrays.copyOf(packet, clear + rest.length);
    System.arraycopy(rest, 0, plain, clear, rest.length);
    return plain;
  }

  /** Fixed header, CSRC list and header extension, none of which is encrypted. */
  static int rtpHeaderBytes(byte[] packet, int behind) throws WebRtcException {
    int header = RTP_HEADER_BYTES;
    if (packet.length >= header) {
      header += 4 * (packet[0] & 0x0F);
      if ((packet[0] & 0x10) != 0 && packet.length >= header + 4) {
        int words = (packet[header + 2] & 0xFF) << 8 | packet[header + 3] & 0xFF;
        header += 4 + 4 * words;
      }
    }
    if (packet.length < header + behind) {
      throw WebRtcException.malformed(FORMAT, "RTP of " + packet.length + " bytes");
    }
    return header;
  }

  /** The rollover counter guessed from the highest index so far, RFC 3711 §3.3.1. */
  static long index(long highest, int sequence) {
    if (highest < 0) {
      return sequence;
    }
    long base = highest & ~0xFFFFL;
    long index = base | sequence;
    if (index > highest + 0x8000 && base > 0) {
      return index - 0x10000;
    }
    return index <= highest - 0x8000 ? index + 0x10000 : index;
  }

  static byte[] rolloverCounter(long index) {
    return ByteBuffer.allocate(4).putInt((int) (index >> 16)).array();
  }

  private static ReplayWindow window(Map<Integer, ReplayWindow> windows, int ssrc) {
    ReplayWindow known = windows.get(ssrc);
    return known == null ? new ReplayWindow() : known;
  }

  private static void requireNew(ReplayWindow window, long index) throws WebRtcException {
    if (!window.isNew(index)) {
      throw WebRtcException.forged(FORMAT, "packet seen before, or too late to tell");
    }
  }

  private static void accept(
      Map<Integer, ReplayWindow> windows, int ssrc, ReplayWindow window, long index)
      throws WebRtcException {
    if (windows.size() >= MAX_STREAMS && !windows.containsKey(ssrc)) {
      throw WebRtcException.limit(FORMAT, "too many streams", MAX_STREAMS);
    }
    window.accept(index);
    windows.put(ssrc, window);
  }
}

package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An RTP packet, RFC 3550 §5.1, with its header extensions (RFC 8285).
 *
 * <pre>
 *   0                   1                   2                   3
 *  |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 *  |                           timestamp                           |
 *  |                             SSRC                              |
 * </pre>
 *
 * @param sequence 0 to 65535
 * @param timestamp modulo 2^32
 * @param extensions by local id; values are not copied
 * @param bytes the packet; not copied
 * @param payloadOffset in {@code bytes}
 * @param payloadLength without padding; 0 where the packet is padding only
 */
public record RtpPacket(
    int payloadType,
    boolean marker,
    int sequence,
    int timestamp,
    int ssrc,
    Map<Integer, byte[]> extensions,
    byte[] bytes,
    int payloadOffset,
    int payloadLength) {

  private static final String FORMAT = "RTP";
  private static final int FIXED_HEADER_BYTES = 12;
  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;
  private static final int MAX_EXTENSIONS = 32;

  /**
   * Reads a packet.
   *
   * @throws WebRtcException if it is none
   */
  public static RtpPacket parse(byte[] bytes) throws WebRtcException {
    if (bytes.length < FIXED_HEADER_BYTES || (bytes[0] & 0xC0) != 0x80) {
      throw WebRtcException.malformed(FORMAT, "no version 2 header");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int first = in.get();
    int second = in.get();
    int sequence = in.getShort() & 0xFFFF;
    int timestamp = in.getInt();
    int ssrc = in.getInt();
    int csrcBytes = 4 * (first & 0x0F);
    if (in.remaining() < csrcBytes) {
      throw WebRtcException.malformed(FORMAT, "CSRC list longer than the packet");
    }
    in.position(in.position() + csrcBytes);
    Map<Integer, byte[]> extensions = (first & 0x10) != 0 ? extensions(in) : Map.of();
    int padding = 0;
    if ((first & 0x20) != 0) {
      padding = in.hasRemaining() ? bytes[bytes.length - 1] & 0xFF : 0;
      if (padding == 0 || padding > in.remaining()) {
        throw WebRtcException.malformed(FORMAT, "padding longer than the payload");
      }
    }
    return new RtpPacket(
        second & 0x7F,
        (second & 0x80) != 0,
        sequence,
        timestamp,
        ssrc,
        extensions,
        bytes,
        in.position(),
        in.remaining() - padding);
  }

  private static Map<Integer, byte[]> extensions(ByteBuffer in) throws WebRtcException {
    if (in.remaining() < 4) {
      throw WebRtcException.malformed(FORMAT, "header extension cut short");
    }
    int profile = in.getShort() & 0xFFFF;
    int length = 4 * (in.getShort() & 0xFFFF);
    if (length > in.remaining()) {
      throw WebRtcException.malformed(FORMAT, "header extension longer than the packet");
    }
    int end = in.position() + length;
    boolean oneByte = profile == ONE_BYTE_PROFILE;
    if (!oneByte && (profile & 0xFFF0) != TWO_BYTE_PROFILE) {
      in.position(end);
      return Map.of();
    }
    Map<Integer, byte[]> found = new HashMap<>();
    while (in.position() < end) {
      int head = in.get() & 0xFF;
      if (head == 0) {
        continue; // RFC 8285 §4.1.1: padding between elements
      }
      int id = oneByte ? head >> 4 : head;
      if (oneByte && id == 15) {
        break; // §4.2: stop here
      }
      int valueBytes = oneByte ? (head & 0x0F) + 1 : in.position() < end ? in.get() & 0xFF : -1;
      if (valueBytes < 0 || valueBytes > end - in.position() || found.size() >= MAX_EXTENSIONS) {
        throw WebRtcException.malformed(FORMAT, "header extension element cut short");
      }
      byte[] value = new byte[valueBytes];
      in.get(value);
      found.put(id, value);
    }
    in.position(end);
    return found;
  }

  /** The value of a header extension. */
  public Optional<byte[]> extension(int id) {
    return Optional.ofNullable(extensions.get(id));
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return Arrays.copyOfRange(bytes, payloadOffset, payloadOffset + payloadLength);
  }

  /**
   * The packet that a retransmission carries, RFC 4588 §4: its payload begins with the original
   * sequence number.
   *
   * @param originalType payload type of the original
   * @param originalSsrc its stream
   * @return empty where there is none inside, as in padding sent to probe for bandwidth
   */
  public Optional<RtpPacket> original(int originalType, int originalSsrc) {
    if (payloadLength <= 2) {
      return Optional.empty();
    }
    int originalSequence = (bytes[payloadOffset] & 0xFF) << 8 | bytes[payloadOffset + 1] & 0xFF;
    return Optional.of(
        new RtpPacket(
            originalType,
            marker,
            originalSequence,
            timestamp,
            originalSsrc,
            extensions,
            bytes,
            payloadOffset + 2,
            payloadLength - 2));
  }

  /** Header fields and size; never the bytes. */
  @Override
  public String toString() {
    return "RtpPacket[type=%d, sequence=%d, timestamp=%d, ssrc=%08x, %d bytes%s]"
        .formatted(payloadType, sequence, timestamp, ssrc, payloadLength, marker ? ", marker" : "");
  }
}

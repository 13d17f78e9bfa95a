package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;

/** Reads a payload descriptor byte by byte. */
final class PayloadReader {

  private final String format;
  private final byte[] bytes;
  private final int end;
  private int at;

  PayloadReader(String format, RtpPacket packet) {
    this.format = format;
    bytes = packet.bytes();
    at = packet.payloadOffset();
    end = at + packet.payloadLength();
  }

  int next() throws WebRtcException {
    if (at >= end) {
      throw WebRtcException.malformed(format, "descriptor cut short");
    }
    return bytes[at++] & 0xFF;
  }

  void skip(int count) throws WebRtcException {
    if (count > end - at) {
      throw WebRtcException.malformed(format, "descriptor cut short");
    }
    at += count;
  }

  /** A picture id of 7 or 15 bits: the first says which. */
  void skipPictureId() throws WebRtcException {
    if ((next() & 0x80) != 0) {
      next();
    }
  }

  /** Unsigned LEB128, AV1 §4.10.5; more than four bytes are more than a packet holds. */
  int leb128() throws WebRtcException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int next = next();
      value |= (next & 0x7F) << 7 * i;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw WebRtcException.malformed(format, "length of more than four bytes");
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }
}

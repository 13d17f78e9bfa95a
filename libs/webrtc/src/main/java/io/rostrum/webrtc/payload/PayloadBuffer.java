package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import java.io.ByteArrayOutputStream;

/** Grows with a picture, up to the limit. */
final class PayloadBuffer {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
  private final String format;

  PayloadBuffer(String format) {
    this.format = format;
  }

  void clear() {
    bytes.reset();
  }

  void write(byte[] from, int offset, int length) throws WebRtcException {
    if (bytes.size() + length > VideoDepacketizer.MAX_FRAME_BYTES) {
      throw WebRtcException.limit(format, "picture too long", VideoDepacketizer.MAX_FRAME_BYTES);
    }
    bytes.write(from, offset, length);
  }

  void writeByte(int value) throws WebRtcException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /** Four bytes, big-endian. */
  void writeInt(int value) throws WebRtcException {
    write(
        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value},
        0,
        4);
  }

  int size() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}

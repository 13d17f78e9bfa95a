package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.function.Consumer;

/**
 * RFC 7741 §4.2.
 *
 * <pre>
 *   |X|R|N|S|R| PID |   required
 *   |I|L|T|K| RSV   |   if X
 *   |M| PictureID   |   if I, 7 or 15 bits
 *   |   TL0PICIDX   |   if L
 *   |TID|Y| KEYIDX  |   if T or K
 * </pre>
 */
final class Vp8Depacketizer extends VideoDepacketizer {

  private static final String FORMAT = "VP8 payload";

  private final PayloadBuffer frame = new PayloadBuffer(FORMAT);

  Vp8Depacketizer(Consumer<CodedFrame> output) {
    super(output);
  }

  @Override
  void clear() {
    frame.clear();
  }

  @Override
  boolean startsFrame(RtpPacket packet) {
    int first = packet.bytes()[packet.payloadOffset()];
    return (first & 0x10) != 0 && (first & 0x07) == 0;
  }

  @Override
  void add(RtpPacket packet) throws WebRtcException {
    PayloadReader in = new PayloadReader(FORMAT, packet);
    int first = in.next();
    if ((first & 0x80) != 0) {
      int extension = in.next();
      if ((extension & 0x80) != 0) {
        in.skipPictureId();
      }
      in.skip((extension & 0x40) != 0 ? 1 : 0);
      in.skip((extension & 0x30) != 0 ? 1 : 0);
    }
    boolean start = (first & 0x10) != 0 && (first & 0x07) == 0;
    if (start != (frame.size() == 0) || in.remaining() == 0) {
      throw WebRtcException.malformed(FORMAT, "packets of a picture out of order");
    }
    frame.write(packet.bytes(), in.position(), in.remaining());
  }

  @Override
  CodedFrame frame(int frameTimestamp) {
    byte[] data = frame.toByteArray();
    // RFC 6386 §9.1: the first bit of the frame tag is 0 in key frames.
    return data.length == 0 ? null : new CodedFrame(frameTimestamp, (data[0] & 1) == 0, data);
  }
}

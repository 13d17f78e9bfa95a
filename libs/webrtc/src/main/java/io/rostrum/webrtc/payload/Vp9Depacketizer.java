package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * RFC 9628 §4.2. A picture of several spatial layers becomes one superframe.
 *
 * <pre>
 *   |I|P|L|F|B|E|V|Z|   required
 *   |M| picture id  |   if I, 7 or 15 bits
 *   | TID |U| SID |D|   if L
 *   |   TL0PICIDX   |   if L and not F
 *   | P_DIFF      |N|   if P and F, up to three times
 *   | scalability structure |  if V
 * </pre>
 */
final class Vp9Depacketizer extends VideoDepacketizer {

  private static final String FORMAT = "VP9 payload";
  private static final int MAX_REFERENCES = 3;
  // VP9 bitstream specification annex B: a superframe holds up to eight frames.
  private static final int MAX_LAYERS = 8;

  private final PayloadBuffer picture = new PayloadBuffer(FORMAT);
  private final List<Integer> layerStarts = new ArrayList<>();

  Vp9Depacketizer(Consumer<CodedFrame> output) {
    super(output);
  }

  @Override
  void clear() {
    picture.clear();
    layerStarts.clear();
  }

  @Override
  boolean startsFrame(RtpPacket packet) {
    int first = packet.bytes()[packet.payloadOffset()];
    boolean begins = (first & 0x08) != 0;
    boolean layers = (first & 0x20) != 0;
    if (!layers || !begins) {
      return begins;
    }
    try {
      return descriptor(new PayloadReader(FORMAT, packet)) == 0;
    } catch (WebRtcException e) {
      return false;
    }
  }

  /** Skips the descriptor; returns the spatial layer. */
  private static int descriptor(PayloadReader in) throws WebRtcException {
    int first = in.next();
    boolean flexible = (first & 0x10) != 0;
    if ((first & 0x80) != 0) {
      in.skipPictureId();
    }
    int spatial = 0;
    if ((first & 0x20) != 0) {
      spatial = in.next() >> 1 & 7;
      in.skip(flexible ? 0 : 1);
    }
    if ((first & 0x40) != 0 && flexible) {
      int references = 0;
      while ((in.next() & 1) != 0) {
        if (++references >= MAX_REFERENCES) {
          throw WebRtcException.malformed(FORMAT, "more than three references");
        }
      }
    }
    if ((first & 0x02) != 0) {
      skipScalability(in);
    }
    return spatial;
  }

  /** §4.2.1. */
  private static void skipScalability(PayloadReader in) throws WebRtcException {
    int head = in.next();
    int layers = (head >> 5) + 1;
    in.skip((head & 0x10) != 0 ? 4 * layers : 0);
    if ((head & 0x08) != 0) {
      int pictures = in.next();
      for (int i = 0; i < pictures; i++) {
        in.skip(in.next() >> 2 & 3);
      }
    }
  }

  @Override
  void add(RtpPacket packet) throws WebRtcException {
    int first = packet.bytes()[packet.payloadOffset()];
    PayloadReader in = new PayloadReader(FORMAT, packet);
    descriptor(in);
    boolean begins = (first & 0x08) != 0;
    if (begins) {
      layerStarts.add(picture.size());
    }
    if (layerStarts.isEmpty() || layerStarts.size() > MAX_LAYERS || in.remaining() == 0) {
      throw WebRtcException.malformed(FORMAT, "packets of a picture out of order");
    }
    picture.write(packet.bytes(), in.position(), in.remaining());
  }

  @Override
  CodedFrame frame(int frameTimestamp) throws WebRtcException {
    if (picture.size() == 0) {
      return null;
    }
    boolean key = isKeyFrame(picture.toByteArray()[0]);
    if (layerStarts.size() > 1) {
      writeIndex();
    }
    return new CodedFrame(frameTimestamp, key, picture.toByteArray());
  }

  /** VP9 bitstream specification §6.2: marker 2, profile, show_existing_frame 0, frame_type 0. */
  private static boolean isKeyFrame(int first) {
    boolean reserved = (first & 0x30) == 0x30;
    int mustBeZero = reserved ? 0x06 : 0x0C;
    return (first & 0xC0) == 0x80 && (first & mustBeZero) == 0;
  }

  /** Annex B: the sizes of all frames, between two equal marker bytes. */
  private void writeIndex() throws WebRtcException {
    int marker = 0xC0 | 3 << 3 | layerStarts.size() - 1;
    layerStarts.add(picture.size());
    picture.writeByte(marker);
    for (int i = 1; i < layerStarts.size(); i++) {
      picture.writeInt(Integer.reverseBytes(layerStarts.get(i) - layerStarts.get(i - 1)));
    }
    picture.writeByte(marker);
  }
}

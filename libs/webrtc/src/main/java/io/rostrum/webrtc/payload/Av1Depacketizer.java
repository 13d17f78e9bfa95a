package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.function.Consumer;

/**
 * RTP Payload Format for AV1 (Alliance for Open Media, v1.0.0) §4.3 to §4.5.
 *
 * <pre>
 *   |Z|Y| W |N|-|-|-|   aggregation header
 * </pre>
 *
 * <p>OBUs come without their sizes and go out with them, as files want.
 */
final class Av1Depacketizer extends VideoDepacketizer {

  private static final String FORMAT = "AV1 payload";
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;

  private final PayloadBuffer unit = new PayloadBuffer(FORMAT);
  private final PayloadBuffer fragment = new PayloadBuffer(FORMAT);
  private boolean inFragment;
  private boolean key;

  Av1Depacketizer(Consumer<CodedFrame> output) {
    super(output);
  }

  @Override
  void clear() {
    unit.clear();
    fragment.clear();
    inFragment = false;
    key = false;
  }

  @Override
  boolean startsFrame(RtpPacket packet) {
    // N: the first packet of a coded video sequence.
    return (packet.bytes()[packet.payloadOffset()] & 0x08) != 0;
  }

  @Override
  void add(RtpPacket packet) throws WebRtcException {
    PayloadReader in = new PayloadReader(FORMAT, packet);
    int head = in.next();
    boolean continues = (head & 0x80) != 0;
    boolean continued = (head & 0x40) != 0;
    int count = head >> 4 & 3;
    if (continues != inFragment) {
      throw WebRtcException.malformed(FORMAT, "fragments out of order");
    }
    int index = 0;
    while (in.remaining() > 0) {
      index++;
      // §4.4: the last of W elements has no length; with W = 0 all have one.
      int length = count != 0 && index == count ? in.remaining() : in.leb128();
      int from = in.position();
      in.skip(length);
      fragment.write(packet.bytes(), from, length);
      boolean last = in.remaining() == 0;
      if (last && continued) {
        inFragment = true;
      } else {
        inFragment = false;
        addObu(fragment.toByteArray());
        fragment.clear();
      }
    }
    if (count != 0 && index != count) {
      throw WebRtcException.malformed(FORMAT, "other number of OBUs than announced");
    }
  }

  /** AV1 §5.3.2: header, extension, and the size that was left out on the wire. */
  private void addObu(byte[] obu) throws WebRtcException {
    if (obu.length == 0) {
      return;
    }
    int type = obu[0] >> 3 & 0x0F;
    int header = (obu[0] & 0x04) != 0 ? 2 : 1;
    if ((obu[0] & 0x80) != 0 || obu.length < header) {
      throw WebRtcException.malformed(FORMAT, "no OBU header");
    }
    if (type == TEMPORAL_DELIMITER || type == TILE_LIST || type == PADDING) {
      return;
    }
    key |= type == SEQUENCE_HEADER;
    if ((obu[0] & 0x02) != 0) {
      // Sized already, against the recommendation of §4.5.
      unit.write(obu, 0, obu.length);
      return;
    }
    unit.writeByte(obu[0] | 0x02);
    unit.write(obu, 1, header - 1);
    int size = obu.length - header;
    do {
      unit.writeByte(size & 0x7F | (size > 0x7F ? 0x80 : 0));
      size >>>= 7;
    } while (size > 0);
    unit.write(obu, header, obu.length - header);
  }

  @Override
  CodedFrame frame(int frameTimestamp) throws WebRtcException {
    if (inFragment) {
      throw WebRtcException.malformed(FORMAT, "OBU without its end");
    }
    return unit.size() == 0 ? null : new CodedFrame(frameTimestamp, key, unit.toByteArray());
  }
}

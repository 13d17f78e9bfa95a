package io.rostrum.webrtc.rtcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one compound RTCP packet; begins with a receiver report, as RFC 3550 §6.1 wants. */
public final class RtcpWriter {

  private static final int MAX_BLOCKS = 31;
  private static final int NACK = 1;
  private static final int PICTURE_LOSS = 1;
  private static final int TRANSPORT_WIDE = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);
  private final int ssrc;

  /**
   * @param ssrc of this receiver
   */
  public RtcpWriter(int ssrc) {
    this.ssrc = ssrc;
  }

  /** RFC 3550 §6.4.2; more than 31 blocks are cut off. */
  public RtcpWriter receiverReport(List<ReportBlock> blocks) {
    int count = Math.min(MAX_BLOCKS, blocks.size());
    ByteBuffer body = ByteBuffer.allocate(4 + 24 * count).putInt(ssrc);
    for (ReportBlock block : blocks.subList(0, count)) {
      body.putInt(block.ssrc())
          .putInt(block.fractionLost() << 24 | block.cumulativeLost() & 0xFF_FFFF)
          .putInt(block.highestSequence())
          .putInt(block.jitter())
          .putInt(block.lastSenderReport())
          .putInt(block.delaySinceLastSenderReport());
    }
    return packet(count, RtcpReader.RECEIVER_REPORT, body.array());
  }

  /** A source description with a CNAME, RFC 3550 §6.5. */
  public RtcpWriter sourceDescription(String cname) {
    byte[] name = cname.getBytes(StandardCharsets.UTF_8);
    // At least one zero ends the list of items; the chunk is padded to 32 bits.
    int length = 4 + 2 + name.length;
    ByteBuffer body = ByteBuffer.allocate(length + 4 - length % 4);
    body.putInt(ssrc).put((byte) 1).put((byte) name.length).put(name);
    return packet(1, RtcpReader.SOURCE_DESCRIPTION, body.array());
  }

  /** A goodbye of this receiver, RFC 3550 §6.6. */
  public RtcpWriter goodbye() {
    return packet(1, RtcpReader.GOODBYE, ByteBuffer.allocate(4).putInt(ssrc).array());
  }

  /**
   * Generic NACK, RFC 4585 §6.2.1.
   *
   * @param sequences in rising order, modulo 2^16
   */
  public RtcpWriter nack(int mediaSsrc, List<Integer> sequences) {
    ByteBuffer body = ByteBuffer.allocate(8 + 4 * sequences.size());
    body.putInt(ssrc).putInt(mediaSsrc);
    int i = 0;
    while (i < sequences.size()) {
      int first = sequences.get(i++);
      int mask = 0;
      while (i < sequences.size()) {
        int distance = sequences.get(i) - first & 0xFFFF;
        if (distance < 1 || distance > 16) {
          break;
        }
        mask |= 1 << distance - 1;
        i++;
      }
      body.putShort((short) first).putShort((short) mask);
    }
    byte[] bytes = new byte[body.position()];
    body.flip().get(bytes);
    return packet(NACK, RtcpReader.TRANSPORT_FEEDBACK, bytes);
  }

  /** Picture loss indication, RFC 4585 §6.3.1: asks for a picture that needs no other. */
  public RtcpWriter pictureLoss(int mediaSsrc) {
    return packet(
        PICTURE_LOSS,
        RtcpReader.PAYLOAD_FEEDBACK,
        ByteBuffer.allocate(8).putInt(ssrc).putInt(mediaSsrc).array());
  }

  /** Transport-wide feedback, as {@link TransportFeedback} made it. */
  public RtcpWriter transportFeedback(int mediaSsrc, byte[] feedback) {
    ByteBuffer body =
        ByteBuffer.allocate(8 + feedback.length).putInt(ssrc).putInt(mediaSsrc).put(feedback);
    return packet(TRANSPORT_WIDE, RtcpReader.TRANSPORT_FEEDBACK, body.array());
  }

  /**
   * @param body whole words
   */
  private RtcpWriter packet(int count, int type, byte[] body) {
    out.write(0x80 | count);
    out.write(type);
    out.write(body.length / 4 >> 8);
    out.write(body.length / 4);
    out.writeBytes(body);
    return this;
  }

  /** Whether nothing was written. */
  public boolean isEmpty() {
    return out.size() == 0;
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }
}

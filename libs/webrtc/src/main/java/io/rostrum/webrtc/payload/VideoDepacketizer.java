package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.function.Consumer;

/**
 * What the video codecs have in common: packets of one timestamp are one picture, the marker ends
 * it.
 *
 * <pre>
 *   between pictures --(packet)--> in a picture --(marker, or another timestamp)--> between pictures
 *                                       |
 *                                     (loss)--> nothing comes out before a key picture that is whole
 * </pre>
 */
abstract class VideoDepacketizer implements Depacketizer {

  /** Longest picture; a Kafka record with its headers holds 8 MiB. */
  static final int MAX_FRAME_BYTES = 6 << 20;

  private final Consumer<CodedFrame> output;
  private boolean open;
  private boolean whole;
  private boolean atBoundary = true;
  private boolean needsKey = true;
  private int timestamp;
  private long dropped;

  VideoDepacketizer(Consumer<CodedFrame> output) {
    this.output = output;
  }

  @Override
  public final void receive(RtpPacket packet) {
    if (packet.payloadLength() == 0) {
      return;
    }
    if (open && packet.timestamp() != timestamp) {
      finish();
    }
    if (!open) {
      open = true;
      timestamp = packet.timestamp();
      whole = atBoundary || startsFrame(packet);
      clear();
    }
    if (whole) {
      try {
        add(packet);
      } catch (WebRtcException expected) {
        whole = false;
        needsKey = true;
      }
    }
    if (packet.marker()) {
      finish();
    }
  }

  @Override
  public final boolean begins(RtpPacket packet) {
    return packet.payloadLength() > 0 && startsFrame(packet);
  }

  @Override
  public final void lost() {
    if (open) {
      dropped++;
    }
    open = false;
    atBoundary = false;
    needsKey = true;
  }

  @Override
  public final boolean needsKey() {
    return needsKey;
  }

  @Override
  public final long droppedFrames() {
    return dropped;
  }

  private void finish() {
    open = false;
    atBoundary = true;
    try {
      CodedFrame frame = whole ? frame(timestamp) : null;
      if (whole && frame == null) {
        return; // nothing to decode was in it, so nothing is missing
      }
      if (frame != null && (frame.key() || !needsKey)) {
        needsKey = false;
        output.accept(frame);
        return;
      }
    } catch (WebRtcException expected) {
      // As good as lost.
    }
    needsKey = true;
    dropped++;
  }

  /** Forgets what was gathered. */
  abstract void clear();

  /** Whether a packet is certainly the first of its picture, though the one before is missing. */
  abstract boolean startsFrame(RtpPacket packet);

  /** Gathers the payload of the next packet of the picture. */
  abstract void add(RtpPacket packet) throws WebRtcException;

  /** What was gathered; null where that is nothing to decode. */
  abstract CodedFrame frame(int frameTimestamp) throws WebRtcException;
}

package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.function.Consumer;

/** RFC 7587 §4.2: a payload is one Opus packet. */
final class OpusDepacketizer implements Depacketizer {

  private final Consumer<CodedFrame> output;
  private long dropped;

  OpusDepacketizer(Consumer<CodedFrame> output) {
    this.output = output;
  }

  @Override
  public void receive(RtpPacket packet) {
    if (packet.payloadLength() > 0) {
      output.accept(new CodedFrame(packet.timestamp(), true, packet.payload()));
    }
  }

  @Override
  public boolean begins(RtpPacket packet) {
    return true;
  }

  @Override
  public void lost() {
    // The next packet decodes all the same; what is missing shows in the timestamps.
    dropped++;
  }

  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public long droppedFrames() {
    return dropped;
  }
}

package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;

/** Packets to take apart. */
public final class Packets {

  private Packets() {}

  public static RtpPacket of(int sequence, long timestamp, boolean marker, byte[] payload) {
    byte[] bytes =
        ByteBuffer.allocate(12 + payload.length)
            .put((byte) 0x80)
            .put((byte) (96 | (marker ? 0x80 : 0)))
            .putShort((short) sequence)
            .putInt((int) timestamp)
            .putInt(7)
            .put(payload)
            .array();
    try {
      return RtpPacket.parse(bytes);
    } catch (WebRtcException e) {
      throw new AssertionError(e);
    }
  }
}

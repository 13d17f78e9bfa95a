package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.rtp.RtpPacket;

/**
 * Makes frames of the packets of one stream, which come in order. A frame that is not whole is
 * dropped, and so is all that may refer to it: behind a loss nothing comes out before a frame that
 * needs no other. Malformed payload counts as lost. Not for two threads at once.
 */
public interface Depacketizer {

  void receive(RtpPacket packet);

  /** Whether a packet is certainly the first of its frame. */
  boolean begins(RtpPacket packet);

  /** Something is missing in front of the next packet. */
  void lost();

  /** Whether nothing can come out before a key frame. */
  boolean needsKey();

  /** Frames that were not handed on. */
  long droppedFrames();
}

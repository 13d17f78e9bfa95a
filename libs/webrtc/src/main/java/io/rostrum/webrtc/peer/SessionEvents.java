package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.rtp.MediaFrame;

/** What a session leads to; called on the port's thread, must not block. */
public interface SessionEvents {

  /**
   * Keys are agreed on: media can come.
   *
   * @param remote address of the peer
   * @param profile how media is protected
   */
  void connected(String remote, String profile);

  /** A frame that can be decoded after those before it. */
  void frame(MediaFrame frame);

  /**
   * It is over; called once, and last.
   *
   * @param detail for a log
   */
  void closed(EndReason reason, String detail);
}

package io.rostrum.rtmp.chunk;

import java.util.OptionalLong;

/**
 * When to send Acknowledgement, RTMP 1.0 §5.4.3: whenever as many bytes as the window have come in
 * since the last. A sender that gets none may stop sending.
 */
public final class AcknowledgementWindow {

  private long windowBytes;
  private long acknowledgedBytes;

  /**
   * @param windowBytes until the peer names its own window; 0 means never
   */
  public AcknowledgementWindow(long windowBytes) {
    this.windowBytes = windowBytes;
  }

  /** The peer's Window Acknowledgement Size, RTMP 1.0 §5.4.4; 0 means never. */
  public void setWindow(long bytes) {
    windowBytes = bytes;
  }

  /**
   * @param receivedBytes all bytes of the connection so far
   * @return the sequence number to acknowledge now (modulo 2^32), if one is due
   */
  public OptionalLong onReceived(long receivedBytes) {
    if (windowBytes <= 0 || receivedBytes - acknowledgedBytes < windowBytes) {
      return OptionalLong.empty();
    }
    acknowledgedBytes = receivedBytes;
    return OptionalLong.of(receivedBytes & 0xFFFF_FFFFL);
  }
}

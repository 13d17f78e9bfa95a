package io.rostrum.codecworker.audio;

/** Where encoded audio frames go. */
public interface AudioSink {
  /**
   * @param ptsTicks in the output's sample rate
   * @param data the access unit
   */
  void encoded(long ptsTicks, byte[] data);
}

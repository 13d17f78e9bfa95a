package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.h264.ParameterSets;

/** Where encoded frames go; called by several threads at once, by one thread per rung. */
public interface EncodedSink {
  /**
   * @param msn the segment
   * @param rung the rung's name
   * @param timeOut decoding and presentation time, 90 kHz
   * @param durationOut 90 kHz, at least 1
   * @param sample the frame
   */
  void encoded(long msn, String rung, long timeOut, int durationOut, ParameterSets.Sample sample);

  /**
   * A thumbnail, where they were asked for; called by the worker's thread.
   *
   * @param timeOut when it is shown, 90 kHz
   * @param jpeg the picture
   * @param poster its larger form; empty where there is none
   */
  default void thumbnail(long msn, long timeOut, byte[] jpeg, byte[] poster) {}
}

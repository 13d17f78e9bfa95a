package io.rostrum.contracts.codec;

/**
 * What a worker may spend on hostile input before it gives up. A segment over a count fails; a
 * worker over its time has no safe way to interrupt native code, so it ends itself with {@link
 * #EXIT_OVER_TIME}.
 *
 * @param maxPixels the largest decoded picture, width times height
 * @param maxFramesPerSegment the most video frames decoded, and the most encoded per rung, in one
 *     segment
 * @param maxSegmentBytes the most bytes of samples in one segment
 * @param segmentBusyLimitMs the longest time a worker may work on one segment, in milliseconds;
 *     time in which it waits for the next request does not count
 */
public record WorkerLimits(
    int maxPixels, int maxFramesPerSegment, int maxSegmentBytes, int segmentBusyLimitMs) {
  /** 4K pictures, 20 s of pre-roll and 6 s at 60 frames/s, 256 MiB, 60 s of work. */
  public static final WorkerLimits DEFAULT =
      new WorkerLimits(4096 * 2304, 1600, 256 * 1024 * 1024, 60_000);

  /** The worker's exit code when a segment took longer than {@link #segmentBusyLimitMs}. */
  public static final int EXIT_OVER_TIME = 70;

  public WorkerLimits {
    Checks.range("maxPixels", maxPixels, 256, Integer.MAX_VALUE);
    Checks.range("maxFramesPerSegment", maxFramesPerSegment, 1, 1_000_000);
    Checks.range("maxSegmentBytes", maxSegmentBytes, 1, Integer.MAX_VALUE);
    Checks.range("segmentBusyLimitMs", segmentBusyLimitMs, 100, Integer.MAX_VALUE);
  }

  void writeTo(FrameOutput out) {
    out.i32(maxPixels);
    out.i32(maxFramesPerSegment);
    out.i32(maxSegmentBytes);
    out.i32(segmentBusyLimitMs);
  }

  static WorkerLimits readFrom(FrameInput in) throws WorkerProtocolException {
    return new WorkerLimits(in.i32(), in.i32(), in.i32(), in.i32());
  }
}

package io.rostrum.ingest.media;

/**
 * Where parts of a track start: each takes as many access units as fit into PART-TARGET, which at a
 * constant rate is floor(PART-TARGET / duration). For one thread.
 */
final class PartCuts {
  private final long partTicks;
  private long partStart;

  /** Where the next access unit ends if it is as long as the last one. */
  private long nextEndTicks;

  PartCuts(int timescale, int partTargetMs) {
    partTicks = (long) timescale * partTargetMs / 1000;
  }

  /** An access unit that starts a segment, and so a part. */
  void segment(long startTicks, long endTicks) {
    partStart = startTicks;
    nextEndTicks = 2 * endTicks - startTicks;
  }

  /** Any other; whether it starts a part. */
  boolean starts(long startTicks, long endTicks) {
    nextEndTicks = 2 * endTicks - startTicks;
    if (endTicks - partStart <= partTicks) {
      return false;
    }
    partStart = startTicks;
    return true;
  }

  /** Whether a part ends with the last access unit, if the next one is as long. */
  boolean ends() {
    return nextEndTicks - partStart > partTicks;
  }
}

package io.rostrum.ingest.media;

/**
 * Cuts a publication without video: a segment starts with the first frame at or after each multiple
 * of 4 s from the first frame, so that segments do not drift; parts take as many frames as fit into
 * PART-TARGET.
 */
final class AudioCutter implements Cutter {

  private final long gridTicks;
  private final long partTicks;
  private boolean started;
  private long nextSegment;
  private long partStart;

  /** Where the next access unit ends if it is as long as this one. */
  private long nextEndTicks;

  AudioCutter(int timescale, int partTargetMs) {
    gridTicks = (long) SegmentCutter.TARGET_SECONDS * timescale;
    partTicks = (long) timescale * partTargetMs / 1000;
  }

  @Override
  public Cut next(long startTicks, long endTicks, boolean sync) {
    nextEndTicks = 2 * endTicks - startTicks;
    if (!started) {
      started = true;
      nextSegment = startTicks;
    }
    if (startTicks >= nextSegment) {
      nextSegment += ((startTicks - nextSegment) / gridTicks + 1) * gridTicks;
      partStart = startTicks;
      return Cut.SEGMENT;
    }
    if (endTicks - partStart > partTicks) {
      partStart = startTicks;
      return Cut.PART;
    }
    return Cut.NONE;
  }

  @Override
  public boolean endsPart() {
    return nextEndTicks - partStart > partTicks;
  }
}

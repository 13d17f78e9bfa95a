package io.rostrum.ingest.media;

/**
 * Cuts a publication without video: a segment starts with the first frame at or after each multiple
 * of 4 s from the first frame, so that segments do not drift.
 */
final class AudioCutter implements Cutter {

  private final long gridTicks;
  private final PartCuts parts;
  private boolean started;
  private long nextSegment;

  AudioCutter(int timescale, int partTargetMs) {
    gridTicks = (long) SegmentCutter.TARGET_SECONDS * timescale;
    parts = new PartCuts(timescale, partTargetMs);
  }

  @Override
  public Cut next(long startTicks, long endTicks, boolean sync) {
    if (!started) {
      started = true;
      nextSegment = startTicks;
    }
    if (startTicks >= nextSegment) {
      nextSegment += ((startTicks - nextSegment) / gridTicks + 1) * gridTicks;
      parts.segment(startTicks, endTicks);
      return Cut.SEGMENT;
    }
    return parts.starts(startTicks, endTicks) ? Cut.PART : Cut.NONE;
  }

  @Override
  public boolean endsPart() {
    return parts.ends();
  }
}

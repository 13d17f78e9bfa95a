package io.rostrum.ingest.media;

/**
 * The cutting rule of DESIGN.md for video. At an IDR, a segment starts
 *
 * <ul>
 *   <li>if so far fewer than two intervals between IDRs are known,
 *   <li>if 4 s are reached,
 *   <li>or if waiting for the next could take the segment beyond 6 s, going by the longest interval
 *       seen.
 * </ul>
 *
 * <p>Without an IDR the segment is closed before the frame that would take it beyond 6 s, whatever
 * that frame is: its chunk starts a segment without being sync. Parts take as many frames as fit
 * into PART-TARGET, which at a constant rate is floor(PART-TARGET / frame duration).
 */
final class SegmentCutter implements Cutter {

  /** DESIGN.md, "Words": about 4 s, never over 6 s. */
  static final int TARGET_SECONDS = 4;

  static final int MAX_SECONDS = 6;

  private static final int INTERVALS_TO_TRUST = 2;

  private final long targetTicks;
  private final long maxTicks;
  private final long partTicks;

  private boolean started;
  private long segmentStart;
  private long partStart;

  /** Where the next access unit ends if it is as long as this one. */
  private long nextEndTicks;

  private long lastIdr;
  private int intervals;
  private long longestInterval;

  SegmentCutter(int timescale, int partTargetMs) {
    // A hundredth of a second: timestamps that are followed as sent may fall short of 4 s by their
    // rounding.
    targetTicks = (long) TARGET_SECONDS * timescale - timescale / 100;
    maxTicks = (long) MAX_SECONDS * timescale;
    partTicks = (long) timescale * partTargetMs / 1000;
  }

  @Override
  public Cut next(long startTicks, long endTicks, boolean sync) {
    nextEndTicks = 2 * endTicks - startTicks;
    if (sync) {
      if (started) {
        intervals++;
        longestInterval = Math.max(longestInterval, startTicks - lastIdr);
      }
      lastIdr = startTicks;
    }
    if (!started || sync && cutsAtIdr(startTicks) || endTicks - segmentStart > maxTicks) {
      started = true;
      segmentStart = startTicks;
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

  private boolean cutsAtIdr(long startTicks) {
    long elapsed = startTicks - segmentStart;
    return intervals < INTERVALS_TO_TRUST
        || elapsed >= targetTicks
        || elapsed + longestInterval > maxTicks;
  }
}

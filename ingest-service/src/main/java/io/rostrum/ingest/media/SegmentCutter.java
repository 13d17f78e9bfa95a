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
 * that frame is: its chunk starts a segment without being sync.
 *
 * <p>The first segment of media that is never passed through ends after {@value #SHORT_START_MS} ms
 * in the same way. No player starts before the first whole one, and those who wait for the event to
 * begin wait for that; not every sender makes an IDR when asked.
 */
final class SegmentCutter implements Cutter {

  /** DESIGN.md, "Words": about 4 s, never over 6 s. */
  static final int TARGET_SECONDS = 4;

  static final int MAX_SECONDS = 6;

  /** Length of the first segment where the sender's own pictures are not what viewers get. */
  static final int SHORT_START_MS = 500;

  private static final int INTERVALS_TO_TRUST = 2;

  private final long targetTicks;
  private final long maxTicks;
  private final PartCuts parts;

  private long firstMaxTicks;
  private boolean started;
  private boolean first = true;
  private long segmentStart;

  private long lastIdr;
  private int intervals;
  private long longestInterval;

  SegmentCutter(int timescale, int partTargetMs) {
    // A hundredth of a second: timestamps that are followed as sent may fall short of 4 s by their
    // rounding.
    targetTicks = (long) TARGET_SECONDS * timescale - timescale / 100;
    maxTicks = (long) MAX_SECONDS * timescale;
    firstMaxTicks = maxTicks;
    parts = new PartCuts(timescale, partTargetMs);
  }

  /** One whose first segment is short. */
  static SegmentCutter withShortStart(int timescale, int partTargetMs) {
    SegmentCutter cutter = new SegmentCutter(timescale, partTargetMs);
    cutter.firstMaxTicks = (long) SHORT_START_MS * timescale / 1000;
    return cutter;
  }

  @Override
  public Cut next(long startTicks, long endTicks, boolean sync) {
    if (sync) {
      if (started) {
        intervals++;
        longestInterval = Math.max(longestInterval, startTicks - lastIdr);
      }
      lastIdr = startTicks;
    }
    long longest = first ? firstMaxTicks : maxTicks;
    if (!started || sync && cutsAtIdr(startTicks) || endTicks - segmentStart > longest) {
      first = !started;
      started = true;
      segmentStart = startTicks;
      parts.segment(startTicks, endTicks);
      return Cut.SEGMENT;
    }
    return parts.starts(startTicks, endTicks) ? Cut.PART : Cut.NONE;
  }

  @Override
  public boolean endsPart() {
    return parts.ends();
  }

  private boolean cutsAtIdr(long startTicks) {
    long elapsed = startTicks - segmentStart;
    return intervals < INTERVALS_TO_TRUST
        || elapsed >= targetTicks
        || elapsed + longestInterval > maxTicks;
  }
}

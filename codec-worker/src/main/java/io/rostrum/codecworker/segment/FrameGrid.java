package io.rostrum.codecworker.segment;

import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.WorkerProtocol;

/**
 * The constant frame rate of one segment: slot k lies at start + k / frame rate. Which slot a
 * source frame goes to, how many slots there are, and where they lie are functions of the segment's
 * times alone. All arithmetic is in integers.
 *
 * <p>A slot is open for source frames from 5/8 of a slot before it to 3/8 after. Rounding to the
 * nearest would put the odd frames of a source at twice the rate exactly on the border between two
 * slots, where the millisecond timestamps of RTMP decide anew each time which of two frames is
 * shown; 3/8 is off the borders of every multiple of the rate, and still takes a frame that comes
 * 12 ms early at 30 frames/s.
 */
final class FrameGrid {
  private static final int BORDER_EIGHTHS = 3;
  private static final int EIGHTHS = 8;

  /**
   * Timestamps are trusted to this, in fractions of a second: RTMP's are whole milliseconds, some
   * up to one late.
   */
  private static final int TIMESTAMP_ERROR_PER_SECOND = 500;

  /**
   * Times further from the start than this count as this: enough to break every limit, too little
   * to overflow.
   */
  private static final long MAX_SECONDS = 3600;

  private final long startTicks;
  private final int timescale;
  private final FrameRate rate;
  private final long startOut;

  /**
   * @param startTicks slot 0's time in the input's timescale
   * @param timescale the input's, in ticks per second
   * @param rate slots per second
   */
  FrameGrid(long startTicks, int timescale, FrameRate rate) {
    this.startTicks = startTicks;
    this.timescale = timescale;
    this.rate = rate;
    this.startOut = toOutput(startTicks);
  }

  /**
   * The slot that a source frame goes to, if no earlier frame has it.
   *
   * @return negative before the segment's start: pre-roll
   */
  long slotOf(long ptsTicks) {
    return Math.floorDiv(
        EIGHTHS * sinceStart(ptsTicks) * rate.numerator() + BORDER_EIGHTHS * slotUnit(),
        EIGHTHS * slotUnit());
  }

  /**
   * How many slots the segment has for certain, once a sample with this presentation time belongs
   * to it.
   *
   * @param latestPtsTicks the latest presentation time of the segment's samples so far
   * @return at least 1, and never more than {@link #slots} will say
   */
  long certainSlots(long latestPtsTicks) {
    long since = sinceStart(latestPtsTicks) + timescale / TIMESTAMP_ERROR_PER_SECOND;
    return Math.max(1, Math.floorDiv(since * rate.numerator(), slotUnit()) + 1);
  }

  /**
   * How many slots have a length that is settled, the grid's: all that another one certainly
   * follows, and the last one too where the samples are on the grid: if one more frame as long as
   * the last ends where the slot does, the slot is as long whether the segment ends there or goes
   * on. Should the segment end a little off the grid after all, that is not made good: nobody waits
   * for a frame to learn that the one before it was as long as all the others.
   *
   * @param latestPtsTicks the latest presentation time of the segment's samples so far
   * @param frameTicks from the latest presentation time before it to this one
   */
  long wholeSlots(long latestPtsTicks, long frameTicks) {
    long certain = certainSlots(latestPtsTicks);
    boolean slotOrMore = frameTicks * rate.numerator() >= slotUnit();
    boolean onGrid =
        slotOrMore
            ? toOutput(latestPtsTicks) == slotOut(certain - 1)
            : toOutput(latestPtsTicks + frameTicks) == slotOut(certain);
    return onGrid ? certain : certain - 1;
  }

  /**
   * How many slots the segment has. What is left of its duration after whole slots becomes a slot
   * of its own if it is an eighth of one or more, and otherwise makes the last one longer.
   *
   * @param endTicks the segment's exact end in the input's timescale
   * @param latestPtsTicks the latest presentation time of all its samples
   */
  long slots(long endTicks, long latestPtsTicks) {
    long filled =
        -Math.floorDiv(
            -(EIGHTHS * sinceStart(endTicks) * rate.numerator() - slotUnit()),
            EIGHTHS * slotUnit());
    return Math.max(filled, certainSlots(latestPtsTicks));
  }

  /** When a slot starts, in {@link WorkerProtocol#OUTPUT_TIMESCALE}. */
  long slotOut(long slot) {
    return startOut
        + roundedDiv(slot * WorkerProtocol.OUTPUT_TIMESCALE * rate.denominator(), rate.numerator());
  }

  /** A time of the input's in {@link WorkerProtocol#OUTPUT_TIMESCALE}, rounded to the nearest. */
  long toOutput(long ticks) {
    long seconds = Math.floorDiv(ticks, timescale);
    long rest = Math.floorMod(ticks, (long) timescale);
    return seconds * WorkerProtocol.OUTPUT_TIMESCALE
        + roundedDiv(rest * WorkerProtocol.OUTPUT_TIMESCALE, timescale);
  }

  private long sinceStart(long ticks) {
    long bound = MAX_SECONDS * timescale;
    return Math.max(-bound, Math.min(bound, ticks - startTicks));
  }

  /** One slot, where time is counted in ticks times the rate's numerator. */
  private long slotUnit() {
    return (long) timescale * rate.denominator();
  }

  private static long roundedDiv(long dividend, long divisor) {
    return Math.floorDiv(2 * dividend + divisor, 2 * divisor);
  }
}

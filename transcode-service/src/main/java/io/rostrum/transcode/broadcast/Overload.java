package io.rostrum.transcode.broadcast;

import java.time.Duration;

/**
 * Decides what is left out so that nothing waits for encoding: single segments that are late, and
 * as many of the best rungs as it takes for the next ones to be in time.
 *
 * <p>A segment is left out once encoding it has taken a set time longer than its source, and at the
 * end of its source already if encoding is so far behind then. One more rung is left out each time
 * that happens, two where encoding is twice as far behind, and one where it was noticeably behind
 * at the end of two segments in a row, so that one hiccup costs nothing. One fewer is left out
 * after a while without; that while doubles each time, so that a machine which is just too small
 * does not go back and forth. The smallest rung is never left out for long.
 *
 * <p>While rungs are left out the wait is half as long: a machine that is known to be short of
 * processor is late at most ends, and each wait holds up what is passed through.
 *
 * <p>Nothing is left out while a backlog is made up for, that of a broadcast that was taken over or
 * of a time without the source: until encoding has kept up once, and not for ever.
 *
 * <p>Segments that began before a rung was left out say nothing about what is left. Not thread
 * safe.
 */
final class Overload {
  private static final long LONGEST_CATCHING_UP_MS = 30_000;
  private static final long FIRST_CALM_MS = 30_000;
  private static final long LONGEST_CALM_MS = 16 * 60_000;

  private final long deferAfterMs;
  private long patienceMs;

  /** Encoding that is no further behind keeps up. */
  private final long keepingUpMs;

  private long catchingUpUntilMs;
  private long calmSinceMs;
  private long calmMs = FIRST_CALM_MS;

  /** The first segment that is encoded under the last decision. */
  private long decidedFromMsn;

  private boolean behindBefore;

  /** How many more rungs than now are too much. */
  private int tooMany;

  /**
   * @param deferAfter how late an encoded segment may be
   * @param takenOver whether somebody else had brought segments onto the timeline before
   * @param nowMs a steady clock
   */
  Overload(Duration deferAfter, boolean takenOver, long nowMs) {
    this.deferAfterMs = deferAfter.toMillis();
    this.patienceMs = deferAfterMs;
    this.keepingUpMs = deferAfterMs * 2 / 5;
    this.catchingUpUntilMs = takenOver ? nowMs + LONGEST_CATCHING_UP_MS : nowMs;
    this.calmSinceMs = nowMs;
  }

  /**
   * Says whether others are held up by the wait on a machine that is known to be too slow.
   *
   * @param half whether to wait half as long from now on
   */
  void waitHalf(boolean half) {
    patienceMs = half ? deferAfterMs / 2 : deferAfterMs;
  }

  /**
   * The source was away, or nobody looked: what comes now is a backlog, and may take as long again.
   *
   * @param missedMs for how long
   */
  void missed(long missedMs, long nowMs) {
    long untilMs = nowMs + Math.min(missedMs, LONGEST_CATCHING_UP_MS);
    catchingUpUntilMs = Math.max(catchingUpUntilMs, untilMs);
  }

  /** All of the source was taken, and encoding is no further behind than that. */
  void caughtUp(long behindMs, long nowMs) {
    if (keepsUp(behindMs)) {
      catchingUpUntilMs = Math.min(catchingUpUntilMs, nowMs);
    }
  }

  /**
   * The source of a segment has ended.
   *
   * @param lagMs how far encoding is behind at this moment
   * @return whether the segment is left out at once: it cannot be made in time
   */
  boolean ended(long msn, long lagMs, long nowMs) {
    if (isCatchingUp(nowMs)) {
      return false;
    }
    if (lagMs >= patienceMs) {
      late(msn, lagMs >= 2 * deferAfterMs ? 2 : 1, nowMs);
      return true;
    }
    boolean behind = !keepsUp(lagMs) && msn >= decidedFromMsn;
    if (behind) {
      calmSinceMs = nowMs;
      tooMany = Math.max(tooMany, behindBefore ? 1 : 0);
    }
    behindBefore = behind;
    return false;
  }

  /**
   * Whether a segment is left out that is still being encoded.
   *
   * @param behindMs how long ago its source ended
   */
  boolean isTooLate(long msn, long behindMs, long nowMs) {
    if (isCatchingUp(nowMs) || behindMs < patienceMs) {
      return false;
    }
    late(msn, 1, nowMs);
    return true;
  }

  /**
   * Whether a segment is left out that waits for a child which is still starting. That says nothing
   * about how fast it will encode, so no rung goes with it.
   *
   * @param waitedMs how long ago its source ended
   */
  boolean startsTooLate(long waitedMs, long nowMs) {
    return !isCatchingUp(nowMs) && waitedMs >= deferAfterMs;
  }

  /**
   * Says how many rungs to leave out from the next segment on.
   *
   * @param leftOut how many are left out now
   * @param rungs how many there are
   * @param nextMsn the next segment to begin
   */
  int decide(int leftOut, int rungs, long nextMsn, long nowMs) {
    if (tooMany > 0) {
      int wanted = Math.min(leftOut + tooMany, rungs - 1);
      tooMany = 0;
      return wanted > leftOut ? decided(wanted, nextMsn, nowMs) : leftOut;
    }
    if (leftOut > 0 && nowMs - calmSinceMs >= calmMs) {
      calmMs = Math.min(LONGEST_CALM_MS, 2 * calmMs);
      return decided(leftOut - 1, nextMsn, nowMs);
    }
    return leftOut;
  }

  /** Whether encoding that is so far behind keeps up. */
  boolean keepsUp(long behindMs) {
    return behindMs < keepingUpMs;
  }

  private boolean isCatchingUp(long nowMs) {
    return nowMs < catchingUpUntilMs;
  }

  private void late(long msn, int rungs, long nowMs) {
    calmSinceMs = nowMs;
    if (msn >= decidedFromMsn) {
      tooMany = Math.max(tooMany, rungs);
    }
  }

  private int decided(int leftOut, long nextMsn, long nowMs) {
    decidedFromMsn = nextMsn;
    calmSinceMs = nowMs;
    behindBefore = false;
    return leftOut;
  }
}

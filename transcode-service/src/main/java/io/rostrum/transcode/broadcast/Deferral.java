package io.rostrum.transcode.broadcast;

import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.Segmenter;
import io.rostrum.transcode.worker.EncodeFeed;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Leaves out what encoding does not keep up with, as {@link Overload} says. Pass-through and audio
 * wait no longer for a segment that is too late: it becomes a gap where it is encoded. What is
 * closed with media is made again after a takeover, however long that takes. The owner loop's
 * thread only.
 */
final class Deferral {
  private static final Logger LOG = Logger.getLogger(Deferral.class);

  /** Over WebRTC the first segment has half a second, and the first two together have 4.5. */
  private static final int SEGMENTS_TO_BEGIN_WITH = 2;

  private final String broadcast;
  private final Progress progress;
  private final Segmenter segmenter;
  private final EncodeFeed encoder;
  private final IntConsumer leaveRungsOut;
  private final Overload overload;

  /**
   * @param leaveRungsOut called with how many rungs are to be left out from the next segment on
   */
  Deferral(
      String broadcast,
      Services services,
      Progress progress,
      Segmenter segmenter,
      EncodeFeed encoder,
      IntConsumer leaveRungsOut) {
    this.broadcast = broadcast;
    this.progress = progress;
    this.segmenter = segmenter;
    this.encoder = encoder;
    this.leaveRungsOut = leaveRungsOut;
    this.overload =
        new Overload(services.config().deferAfter(), progress.openedMsn >= 0, steadyMs());
  }

  /** The source was away for a while. */
  void missed(long missedMs) {
    overload.missed(missedMs, steadyMs());
  }

  /** All of the source was taken. */
  void caughtUp() {
    overload.caughtUp(Math.max(encoder.behindMs(), encoder.startAwaitedMs()), steadyMs());
  }

  /** Whether something is left out, or will be if it goes on like this. */
  boolean lacksProcessor() {
    return !overload.keepsUp(encoder.behindMs()) || segmenter.position().rungsLeftOut() > 0;
  }

  /**
   * Looks at how far encoding has got.
   *
   * @param nextMsn the next segment to begin
   */
  void look(long nextMsn) {
    if (encoder.unavailable() != null) {
      return;
    }
    long nowMs = steadyMs();
    overload.waitHalf(holdsOthersUp(progress.ladder, segmenter.position().rungsLeftOut()));
    for (EncodeFeed.SourceEnd end = encoder.pollSourceEnd();
        end != null;
        end = encoder.pollSourceEnd()) {
      if (end.msn() > progress.closedMsn
          && !isBeginning(progress.ladder, end.msn())
          && overload.ended(end.msn(), end.lagMs(), nowMs)) {
        leaveOut(end.msn(), end.lagMs());
      }
    }
    long oldest = encoder.oldestMsn();
    if (startsTooLate(oldest, nowMs)) {
      leaveOut(oldest, encoder.startAwaitedMs());
      return;
    }
    long behindMs = encoder.behindMs();
    if (oldest > progress.closedMsn
        && !isBeginning(progress.ladder, oldest)
        && overload.isTooLate(oldest, behindMs, nowMs)) {
      leaveOut(oldest, behindMs);
    }
    leaveRungsOut(nextMsn, nowMs);
  }

  /**
   * Whether a segment is one of those that a broadcast begins with, where nothing is passed
   * through: nobody watches yet who could fall behind, and whoever waits for the first picture
   * would see none. While everything starts at once, encoding is slower than it will be.
   */
  static boolean isBeginning(Ladder ladder, long msn) {
    return msn < SEGMENTS_TO_BEGIN_WITH && !passesThrough(ladder);
  }

  /** Whether others have waited long enough for a segment whose child is still starting. */
  private boolean startsTooLate(long msn, long nowMs) {
    return msn > progress.closedMsn
        && passesThrough(progress.ladder)
        && overload.startsTooLate(encoder.startAwaitedMs(), nowMs);
  }

  /**
   * Whether the machine is known to be too slow, and viewers have something better to watch than
   * what is late.
   */
  static boolean holdsOthersUp(Ladder ladder, int rungsLeftOut) {
    return rungsLeftOut > 0 && passesThrough(ladder);
  }

  private static boolean passesThrough(Ladder ladder) {
    return ladder != null && ladder.passesThrough();
  }

  private void leaveOut(long msn, long behindMs) {
    LOG.warnf(
        "Segment left out, it is encoded after the event: broadcast=%s msn=%d behindMs=%d",
        broadcast, msn, behindMs);
    encoder.leaveOut(msn, Segmenter.LEFT_OUT);
  }

  private void leaveRungsOut(long nextMsn, long nowMs) {
    Ladder ladder = progress.ladder;
    boolean replaying = progress.decision(segmenter.position().decisions()) != null;
    if (ladder == null || replaying || progress.ended) {
      return;
    }
    int leftOut = segmenter.position().rungsLeftOut();
    int wanted = overload.decide(leftOut, ladder.rungs().size(), nextMsn, nowMs);
    if (wanted != leftOut) {
      LOG.warnf(
          "Encoding %s: broadcast=%s rungsLeftOut=%d of %d",
          wanted > leftOut ? "does not keep up" : "keeps up again",
          broadcast,
          wanted,
          ladder.rungs().size());
      leaveRungsOut.accept(wanted);
    }
  }

  private static long steadyMs() {
    return System.nanoTime() / 1_000_000;
  }
}

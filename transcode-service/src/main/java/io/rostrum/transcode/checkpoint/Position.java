package io.rostrum.transcode.checkpoint;

/**
 * Where the next segment of a broadcast goes on. Follows from the source records and the {@link
 * Decision}s alone, so whoever reads the same ones gets to the same position.
 *
 * @param nextMsn number of the next segment
 * @param endTicks media time of the end of the last segment, 90 kHz
 * @param pdtEndMs wall-clock time of that end, milliseconds since the epoch; 0 before the first
 *     segment
 * @param discontinuitySequence discontinuities so far
 * @param audioEndTicks media time of the end of the last audio frame, in the audio timescale; null
 *     before the first
 * @param audioPhaseTicks where the grid of audio frames lies: any frame's start modulo the frame
 *     length; null before the first
 * @param publisherChanges how many times a publisher came or went
 * @param decisions how many decisions were applied
 * @param rungsLeftOut how many of the best rungs are not encoded from the next segment on
 */
public record Position(
    long nextMsn,
    long endTicks,
    long pdtEndMs,
    long discontinuitySequence,
    Long audioEndTicks,
    Long audioPhaseTicks,
    long publisherChanges,
    long decisions,
    int rungsLeftOut) {
  /** Before the first publication. */
  public static final Position START = new Position(0, 0, 0, 0, null, null, 0, 0, 0);

  /** Behind a segment with number {@link #nextMsn()}. */
  public Position behindSegment(long endTicks, long pdtEndMs, long discontinuitySequence) {
    return new Position(
        nextMsn + 1,
        endTicks,
        pdtEndMs,
        discontinuitySequence,
        audioEndTicks,
        audioPhaseTicks,
        publisherChanges,
        decisions,
        rungsLeftOut);
  }

  /** The same with audio as far as {@code endTicks}, in the audio timescale. */
  public Position withAudio(Long endTicks, Long phaseTicks) {
    return new Position(
        nextMsn,
        this.endTicks,
        pdtEndMs,
        discontinuitySequence,
        endTicks,
        phaseTicks,
        publisherChanges,
        decisions,
        rungsLeftOut);
  }

  /** Behind one more coming or going of a publisher. */
  public Position behindPublisherChange() {
    return new Position(
        nextMsn,
        endTicks,
        pdtEndMs,
        discontinuitySequence,
        audioEndTicks,
        audioPhaseTicks,
        publisherChanges + 1,
        decisions,
        rungsLeftOut);
  }

  /** Behind one more decision. */
  public Position behindDecision() {
    return new Position(
        nextMsn,
        endTicks,
        pdtEndMs,
        discontinuitySequence,
        audioEndTicks,
        audioPhaseTicks,
        publisherChanges,
        decisions + 1,
        rungsLeftOut);
  }

  /** The same with so many rungs left out. */
  public Position withRungsLeftOut(int rungs) {
    return new Position(
        nextMsn,
        endTicks,
        pdtEndMs,
        discontinuitySequence,
        audioEndTicks,
        audioPhaseTicks,
        publisherChanges,
        decisions,
        rungs);
  }
}

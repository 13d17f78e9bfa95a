package io.rostrum.transcode.checkpoint;

/**
 * Where the next segment of a broadcast goes on. Follows from the source records alone, so whoever
 * reads the same records gets to the same position.
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
 */
public record Position(
    long nextMsn,
    long endTicks,
    long pdtEndMs,
    long discontinuitySequence,
    Long audioEndTicks,
    Long audioPhaseTicks,
    long publisherChanges) {
  /** Before the first publication. */
  public static final Position START = new Position(0, 0, 0, 0, null, null, 0);
}

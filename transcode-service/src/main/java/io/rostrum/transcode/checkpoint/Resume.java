package io.rostrum.transcode.checkpoint;

/**
 * A place in the source records to start from, with all that must be known there.
 *
 * @param sourceOffset the first record to look at
 * @param segmentOffset the record that starts segment {@code position.nextMsn()}; what is before it
 *     is only audio that belongs to that segment, or pre-roll. -1 where no segment is being made at
 *     this place
 * @param discontinuity whether that segment starts behind a discontinuity (which {@code position}
 *     does not count yet)
 * @param publication the publication in progress; null where none is, or where its start is yet to
 *     be read
 * @param dormant the publication that fell silent and may go on; null where there is none
 * @param position where the next segment goes on
 */
public record Resume(
    long sourceOffset,
    long segmentOffset,
    boolean discontinuity,
    PublicationState publication,
    Dormant dormant,
    Position position) {
  /** Before the first record of a broadcast. */
  public static final Resume START = between(0, null, Position.START);

  /** A place where no publication is in progress. */
  public static Resume between(long sourceOffset, Dormant dormant, Position position) {
    return new Resume(sourceOffset, -1, false, null, dormant, position);
  }
}

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
 * @param position where the next segment goes on
 */
public record Resume(
    long sourceOffset,
    long segmentOffset,
    boolean discontinuity,
    PublicationState publication,
    Position position) {
  /** Before the first record of a broadcast. */
  public static final Resume START = new Resume(0, -1, false, null, Position.START);
}

package io.rostrum.transcode.checkpoint;

/**
 * Something an owner decided by its clock that changes what is made of the source. It is committed
 * before anyone sees what follows from it, and whoever reads the same records again applies it at
 * the same place: a segment made again has the same bytes.
 *
 * @param ordinal how many decisions about the broadcast came before; one that a {@link Position}
 *     counts already is part of it
 * @param sourceOffset applied before the source record at this offset, and behind all before it
 * @param kind what was decided
 * @param value of {@link Kind#AWAY_GAP} the segment's duration, 90 kHz; of {@link
 *     Kind#RUNGS_LEFT_OUT} how many; 0 otherwise
 */
public record Decision(long ordinal, long sourceOffset, Kind kind, long value) {
  /** What can be decided. */
  public enum Kind {
    /** A publication was taken as over although its ingest never wrote so. */
    PUBLISHER_SILENT,
    /** A segment without media keeps the playlists alive while no publisher is there. */
    AWAY_GAP,
    /** From the next segment on, so many of the best rungs are not encoded. */
    RUNGS_LEFT_OUT
  }
}

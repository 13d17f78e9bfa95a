package io.rostrum.transcode.checkpoint;

/**
 * A publication that was taken as over because it fell silent, and that may go on after all: its
 * ingest node was frozen or cut off, and what it accepted is not lost.
 *
 * @param publication the publication as it was mapped
 * @param endTicks media time of the end of what its leading track had shown, 90 kHz
 * @param silentFromOffset its records before this one were used before it fell silent
 * @param preRollOffset the record of its last IDR, from which pictures that come now can be
 *     decoded; -1 where that is no longer kept
 * @param gaps segments without media since
 */
public record Dormant(
    PublicationState publication,
    long endTicks,
    long silentFromOffset,
    long preRollOffset,
    int gaps) {
  /** One minute: until then the source is kept from the last IDR on, then no longer held up. */
  private static final int MAX_GAPS_WITH_PRE_ROLL = 15;

  /** The same after one more segment without media. */
  public Dormant behindGap() {
    return new Dormant(
        publication,
        endTicks,
        silentFromOffset,
        gaps + 1 > MAX_GAPS_WITH_PRE_ROLL ? -1 : preRollOffset,
        gaps + 1);
  }
}

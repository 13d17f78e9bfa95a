package io.rostrum.transcode.revision;

import io.rostrum.contracts.timeline.Fact;

/**
 * A segment as the facts of a finished timeline tell it.
 *
 * @param open where it starts, and what its renditions begin with
 * @param close what became of it
 * @param stored where its bytes are
 * @param varying whether its publisher's size and frame rate follow the network
 * @param sourceInit the init segment of the rendition that is passed through; null without one
 */
record RecordedSegment(
    Fact.Open open, Fact.Close close, Fact.Stored stored, boolean varying, byte[] sourceInit) {
  long msn() {
    return open.msn();
  }

  long endTicks() {
    return open.startTicks() + close.durationTicks();
  }

  /** Whether the rendition has no media in it. */
  boolean lacks(String rendition) {
    Fact.SegmentRendition of = close.renditions().get(rendition);
    return of == null || of.withoutMedia();
  }

  /** Where the pictures are that it can be encoded from; null where none were stored. */
  String picturesKey() {
    String kept = stored.keys().get(Fact.Stored.PICTURES);
    return kept != null || sourceInit == null ? kept : stored.keys().get(SOURCE);
  }

  /** Whether {@link #picturesKey} names a file of its own, and not a segment of {@code source}. */
  boolean picturesKept() {
    return stored.keys().containsKey(Fact.Stored.PICTURES);
  }

  private static final String SOURCE = io.rostrum.transcode.ladder.Ladder.SOURCE;
}

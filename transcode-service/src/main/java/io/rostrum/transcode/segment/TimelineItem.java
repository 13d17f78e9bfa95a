package io.rostrum.transcode.segment;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.PublicationState;
import java.time.Instant;

/** What the source records say happened, in the order in which it goes onto the timeline. */
public sealed interface TimelineItem {
  /**
   * A publisher came.
   *
   * @param ordinal how many publisher changes there were before
   */
  record PublisherCame(long ordinal, PublicationState publication, Instant at)
      implements TimelineItem {}

  /**
   * A publisher went.
   *
   * @param ordinal how many publisher changes there were before
   */
  record PublisherLeft(long ordinal, PublicationState publication, String reason, Instant at)
      implements TimelineItem {}

  /** A segment is being made, or is made. */
  record SegmentItem(Segment segment) implements TimelineItem {}

  /** The broadcast is over. */
  record Ended(Fact.End.Reason reason) implements TimelineItem {}
}

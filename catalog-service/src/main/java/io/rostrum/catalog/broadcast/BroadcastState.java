package io.rostrum.catalog.broadcast;

/**
 * Where a broadcast is in its life.
 *
 * <pre>
 *   DRAFT &lt;--startsAt--&gt; SCHEDULED --first open--&gt; LIVE --end--&gt; ENDED
 *     \__cancelled__&gt; CANCELLED __/
 * </pre>
 *
 * LIVE and ENDED follow from the timeline and win over anything a producer wants; ENDED is final.
 */
public enum BroadcastState {
  DRAFT,
  SCHEDULED,
  LIVE,
  ENDED,
  CANCELLED;

  /** Whether nothing was broadcast yet. */
  public boolean isBeforeStart() {
    return this == DRAFT || this == SCHEDULED || this == CANCELLED;
  }
}

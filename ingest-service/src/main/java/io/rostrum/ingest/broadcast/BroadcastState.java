package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.broadcast.BroadcastIntent;

/**
 * One broadcast as ingest sees it.
 *
 * @param intent what the catalog wants
 * @param ended whether its timeline has an end
 */
public record BroadcastState(BroadcastIntent intent, boolean ended) {

  /** Whether nothing may be published any more. */
  public boolean isOver() {
    return ended || intent.endRequested();
  }
}

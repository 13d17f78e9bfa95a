package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.timeline.Fact;

/** Is told what happens to broadcasts, on the thread that reads the topic; must not block. */
public interface BroadcastListener {

  /**
   * @param intent null where the broadcast was deleted
   */
  void intentChanged(String broadcastId, BroadcastIntent intent);

  /** The broadcast's timeline has ended. */
  void ended(String broadcastId);

  /** A publisher came or went, as the broadcast's one timeline sees it. */
  void publisherChanged(String broadcastId, Fact.Publisher publisher);
}

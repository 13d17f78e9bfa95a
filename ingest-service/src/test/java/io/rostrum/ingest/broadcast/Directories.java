package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.timeline.Fact;

/** Lets tests of other packages write what only the followers of topics may. */
public final class Directories {

  private Directories() {}

  public static void apply(BroadcastDirectory directory, BroadcastIntent intent) {
    directory.apply(intent.id(), intent);
  }

  public static void delete(BroadcastDirectory directory, String broadcastId) {
    directory.apply(broadcastId, (BroadcastIntent) null);
  }

  public static void apply(BroadcastDirectory directory, String broadcastId, Fact fact) {
    directory.apply(broadcastId, fact);
  }
}

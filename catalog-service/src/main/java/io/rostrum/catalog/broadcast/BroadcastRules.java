package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.catalog.problem.ProblemKind;

/** What may be done in which state. */
public final class BroadcastRules {
  private BroadcastRules() {}

  /** Settings that playlists were made with are fixed once there are playlists. */
  static void requireBeforeStart(BroadcastState state, String field) {
    if (!state.isBeforeStart()) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "'" + field + "' is fixed once a broadcast has started; this one is " + state + ".");
    }
  }

  /** What did not start cannot end, where it was called off. */
  static void requireEndable(BroadcastState state) {
    if (state == BroadcastState.CANCELLED) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast was cancelled before it started, so there is nothing to end."
              + " DELETE it, or PATCH {\"cancelled\": false} to hold it after all.");
    }
  }

  /** Only what is finished can be gone over. */
  static void requireRepairable(Broadcast broadcast, BroadcastState state) {
    if (state == BroadcastState.LIVE) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast is live. What is left out now is encoded by itself after the end; to end it,"
              + " POST /api/v1/broadcasts/"
              + broadcast.id()
              + "/end.");
    }
    if (state != BroadcastState.ENDED) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast has not taken place: there is no recording to repair. This one is "
              + state
              + ".");
    }
  }

  /** Nobody can publish to what is over. */
  public static void requirePublishable(Broadcast broadcast, BroadcastState state) {
    if (state == BroadcastState.ENDED || broadcast.endRequested()) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast has ended and takes no more publishers. Create a new one.");
    }
    if (state == BroadcastState.CANCELLED) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast is cancelled. PATCH {\"cancelled\": false} to hold it after all.");
    }
  }

  /** Media are not taken from under a running broadcast. */
  public static void requireDeletable(Broadcast broadcast, BroadcastState state) {
    if (state == BroadcastState.LIVE && !broadcast.endRequested()) {
      throw new ProblemException(
          ProblemKind.WRONG_STATE,
          "The broadcast is live. End it first: POST /api/v1/broadcasts/"
              + broadcast.id()
              + "/end.");
    }
  }
}

package io.rostrum.playback.broadcast;

import io.rostrum.playback.broadcast.Hold.Outcome;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The requests of one broadcast that wait, oldest first per rendition. Guarded by the broadcast's
 * lock.
 */
final class Holds {
  private final Map<String, Set<Hold>> byRendition = new HashMap<>();
  private int count;

  void add(Hold hold) {
    if (byRendition.computeIfAbsent(hold.rendition(), r -> new LinkedHashSet<>()).add(hold)) {
      count++;
    }
  }

  /** Whether it was still waiting. */
  boolean remove(Hold hold) {
    Set<Hold> waiting = byRendition.get(hold.rendition());
    boolean removed = waiting != null && waiting.remove(hold);
    if (removed) {
      count--;
    }
    return removed;
  }

  int count() {
    return count;
  }

  /**
   * Takes out those that {@code after} can answer.
   *
   * @param bytesOf a rendition of which bytes arrived that no playlist shows; null for none
   */
  List<Hold> takeMet(BroadcastView before, BroadcastView after, String bytesOf) {
    List<Hold> met = new ArrayList<>();
    for (Map.Entry<String, Set<Hold>> entry : byRendition.entrySet()) {
      TrackView track = after.track(entry.getKey());
      boolean changed =
          track == null
              || entry.getKey().equals(bytesOf)
              || !track.equals(before.track(entry.getKey()))
              || before.ended() != after.ended()
              || before.open() != after.open();
      if (changed) {
        take(entry.getValue(), hold -> hold.met(after), met);
      }
    }
    return met;
  }

  /** Takes out those that waited too long. */
  List<Hold> takeExpired(long nowNanos) {
    List<Hold> expired = new ArrayList<>();
    for (Set<Hold> waiting : byRendition.values()) {
      take(waiting, hold -> hold.expired(nowNanos), expired);
    }
    return expired;
  }

  List<Hold> takeAll() {
    List<Hold> all = new ArrayList<>();
    byRendition.values().forEach(waiting -> take(waiting, hold -> true, all));
    return all;
  }

  private void take(Set<Hold> waiting, Predicate<Hold> which, List<Hold> into) {
    for (Iterator<Hold> all = waiting.iterator(); all.hasNext(); ) {
      Hold hold = all.next();
      if (which.test(hold)) {
        all.remove();
        count--;
        into.add(hold);
      }
    }
  }

  /** Finishes holds on their event loops, one task per loop however many they are. */
  static void finish(List<Hold> holds, Outcome outcome) {
    Map<Context, List<Hold>> byLoop = new HashMap<>();
    for (Hold hold : holds) {
      byLoop.computeIfAbsent(hold.context(), loop -> new ArrayList<>()).add(hold);
    }
    byLoop.forEach(
        (loop, some) -> loop.runOnContext(run -> some.forEach(hold -> hold.finish(outcome))));
  }
}

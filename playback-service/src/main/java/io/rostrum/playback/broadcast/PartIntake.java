package io.rostrum.playback.broadcast;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.playback.segment.FreshSegment;
import io.rostrum.playback.segment.HotPart;
import io.rostrum.playback.segment.SegmentRef;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The segments of one broadcast that came from the {@code media} topic. Written with the
 * broadcast's lock held, read by anybody.
 *
 * <p>The rule of {@link MediaPart}: the first copy of a part counts, and records of an older epoch
 * than the newest seen are ignored.
 */
final class PartIntake {
  private final String broadcast;
  private final ConcurrentHashMap<SegmentRef, FreshSegment> segments = new ConcurrentHashMap<>();
  private long newestEpoch = Long.MIN_VALUE;

  PartIntake(String broadcast) {
    this.broadcast = broadcast;
  }

  /** The parts that became visible with {@code part}. */
  List<HotPart> add(MediaPart part) {
    if (part.epoch() < newestEpoch) {
      return List.of();
    }
    newestEpoch = part.epoch();
    SegmentRef ref = new SegmentRef(broadcast, part.rendition(), part.msn());
    return segments.computeIfAbsent(ref, FreshSegment::new).add(part);
  }

  /** The segment; null if nothing of it came. */
  FreshSegment find(String rendition, long msn) {
    return segments.get(new SegmentRef(broadcast, rendition, msn));
  }

  FreshSegment remove(String rendition, long msn) {
    return segments.remove(new SegmentRef(broadcast, rendition, msn));
  }

  /** Drops what is stored and has left the heap: the object store has it. */
  void prune() {
    for (Iterator<FreshSegment> all = segments.values().iterator(); all.hasNext(); ) {
      if (all.next().servedElsewhere()) {
        all.remove();
      }
    }
  }

  Collection<FreshSegment> all() {
    return segments.values();
  }
}

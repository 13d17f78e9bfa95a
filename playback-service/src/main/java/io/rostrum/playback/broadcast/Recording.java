package io.rostrum.playback.broadcast;

import java.util.Arrays;

/**
 * The closed segments of a broadcast by number, from 0 without holes. One thread at a time appends,
 * any thread reads without a lock.
 */
public final class Recording {
  private volatile ClosedSegment[] segments = new ClosedSegment[16];
  private volatile int count;

  void add(ClosedSegment segment) {
    if (segment.msn() != count) {
      throw new IllegalStateException(
          "segment " + segment.msn() + " after " + (count - 1) + ": the timeline has a hole");
    }
    if (count == segments.length) {
      segments = Arrays.copyOf(segments, 2 * count);
    }
    segments[count] = segment;
    // The element before the count: a reader that sees the count sees the element.
    count = count + 1;
  }

  /** Takes out the last segments, so that {@code segments} are left. */
  void cutAt(int segments) {
    count = Math.min(count, segments);
  }

  /** Number of segments; the last one's MSN is one less. */
  public int count() {
    return count;
  }

  /** The segment; null if it is not closed. */
  public ClosedSegment get(long msn) {
    int known = count;
    return msn < 0 || msn >= known ? null : segments[(int) msn];
  }

  ClosedSegment last() {
    return get(count - 1L);
  }
}

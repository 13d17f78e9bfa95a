package io.rostrum.benchmarks.overload;

import io.rostrum.benchmarks.ingest.Clip;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * When each frame of a track had left the publisher, by media time, whose zero is the track's first
 * frame. One thread adds, another asks.
 */
final class SentFrames {
  /** A frame is the one meant if it is no further off than that. */
  private static final long TOLERANCE_MS = 10;

  private final ConcurrentSkipListMap<Long, Long> sentNanos = new ConcurrentSkipListMap<>();
  private long firstMs = -1;

  void add(Clip.Timed frame) {
    if (firstMs < 0) {
      firstMs = frame.timestampMs();
    }
    sentNanos.put(frame.timestampMs() - firstMs, System.nanoTime());
  }

  /**
   * @param mediaMs when the frame starts
   * @return on {@link System#nanoTime()}; -1 where there is no such frame
   */
  long sentNanos(long mediaMs) {
    Long found = sentNanos.floorKey(mediaMs + TOLERANCE_MS);
    return found == null || found < mediaMs - TOLERANCE_MS ? -1 : sentNanos.get(found);
  }
}

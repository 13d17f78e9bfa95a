package io.rostrum.benchmarks.latency;

import io.rostrum.benchmarks.ingest.Clip;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * When each frame of a track had left the publisher. One thread adds, another asks.
 *
 * <p>Asked by media time, whose zero is the track's first frame: what comes out carries no other
 * mark of what went in.
 */
final class SentFrames {
  /** A frame is the one meant if it is no further off than that. */
  private static final long TOLERANCE_MS = 10;

  private final ConcurrentSkipListMap<Long, Long> sentNanos = new ConcurrentSkipListMap<>();
  private long firstMs = -1;

  void add(Clip.Timed message) {
    if (firstMs < 0) {
      firstMs = message.timestampMs();
    }
    sentNanos.put(message.timestampMs() - firstMs, System.nanoTime());
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

package io.rostrum.transcode.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a codec child is behind: how long it has had the first picture that it has not encoded in
 * every rung. Not the media time between the two, since pictures may come in a burst that the child
 * has had no time for. What it got before it was ready counts from then on. Not thread safe.
 */
final class EncodeLag {
  private record Given(long ptsTicks, long nanos) {}

  private final Deque<Given> given = new ArrayDeque<>();
  private final Map<String, Long> encodedUntilTicks = new HashMap<>();
  private long readyNanos;
  private boolean ready;

  /** The child is ready; only the first time counts, later ones are part of the delay. */
  void ready(long nowNanos) {
    if (!ready) {
      ready = true;
      readyNanos = nowNanos;
    }
  }

  /** Whether a child has ever been ready. */
  boolean isReady() {
    return ready;
  }

  /** The child was given a picture. */
  void given(long ptsTicks, long nowNanos) {
    given.add(new Given(ptsTicks, nowNanos));
  }

  /** A frame came back that is shown until then, 90 kHz. */
  void encoded(String rung, long untilTicks) {
    encodedUntilTicks.put(rung, untilTicks);
  }

  /** What was given of pictures before a time is done with, encoded or not. */
  void doneUntil(long ticks) {
    while (!given.isEmpty() && given.peek().ptsTicks() < ticks) {
      given.poll();
    }
  }

  /** Nothing that was given is with the child. */
  void clear() {
    given.clear();
    encodedUntilTicks.clear();
  }

  /**
   * The delay in milliseconds.
   *
   * @param rungs those that are encoded at present
   */
  long millis(Collection<String> rungs, long nowNanos) {
    doneUntil(
        rungs.stream()
            .mapToLong(rung -> encodedUntilTicks.getOrDefault(rung, Long.MIN_VALUE))
            .min()
            .orElse(Long.MIN_VALUE));
    return given.isEmpty() ? 0 : since(given.peek().nanos(), nowNanos);
  }

  /** Milliseconds since a time or since the child was ready, whichever is later. */
  long since(long nanos, long nowNanos) {
    return ready ? (nowNanos - Math.max(nanos, readyNanos)) / 1_000_000 : 0;
  }
}

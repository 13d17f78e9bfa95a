package io.rostrum.webrtc.peer;

import java.time.Duration;

/**
 * How long a session waits, and what it may hold.
 *
 * @param connect from the answer to the keys
 * @param silence without anything authentic
 * @param maxEarlyBytes of media that came before the keys
 */
public record SessionLimits(Duration connect, Duration silence, int maxEarlyBytes) {

  /** 30 s to connect, 15 s of silence, 1 MiB of early media. */
  public static SessionLimits defaults() {
    return new SessionLimits(Duration.ofSeconds(30), Duration.ofSeconds(15), 1 << 20);
  }
}

package io.rostrum.catalog.playbacksession;

import java.time.Instant;

/**
 * Leave to watch.
 *
 * @param hlsUrl for players that send the cookie of this answer
 * @param tokenHlsUrl for all others: the leave is in the address, so it is not for sharing
 * @param expiresAt ask again before
 */
public record PlaybackSession(String hlsUrl, String tokenHlsUrl, Instant expiresAt) {
  @Override
  public String toString() {
    return "PlaybackSession[" + hlsUrl + "]";
  }
}

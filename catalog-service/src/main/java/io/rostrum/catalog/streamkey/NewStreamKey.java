package io.rostrum.catalog.streamkey;

import java.time.Instant;

/**
 * A key in clear, shown in this answer only.
 *
 * @param streamKey stream name for RTMP, bearer token for WHIP
 * @param expiresAt until when it can be used to start publishing; absent where it does not expire
 */
public record NewStreamKey(
    String keyId,
    String streamKey,
    Instant expiresAt,
    String rtmpUrl,
    String rtmpsUrl,
    String whipUrl) {
  @Override
  public String toString() {
    return "NewStreamKey[" + keyId + "]";
  }
}

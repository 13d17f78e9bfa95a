package io.rostrum.contracts.broadcast;

import io.rostrum.contracts.Ids;
import java.time.Instant;

/**
 * A stream key as it is kept: its public id and the hash of its secret.
 *
 * @param keyId names the key in lists and logs
 * @param sha256 lower-case hexadecimal SHA-256 of the secret
 * @param expiresAt from when it is refused (keys for going live from the browser); null where it
 *     does not expire
 */
public record StreamKeyHash(String keyId, String sha256, Instant expiresAt) {
  public StreamKeyHash {
    Ids.requireId("key id", keyId);
  }
}

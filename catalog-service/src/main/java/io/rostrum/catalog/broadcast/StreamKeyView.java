package io.rostrum.catalog.broadcast;

import java.time.Instant;

/**
 * A stream key without its secret.
 *
 * @param expiresAt absent where it does not expire
 */
public record StreamKeyView(
    String keyId, KeyPurpose purpose, String createdBy, Instant createdAt, Instant expiresAt) {
  static StreamKeyView of(IssuedKey key) {
    return new StreamKeyView(key.keyId, key.purpose, key.createdBy, key.createdAt, key.expiresAt);
  }
}

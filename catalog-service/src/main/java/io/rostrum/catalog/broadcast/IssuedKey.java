package io.rostrum.catalog.broadcast;

import io.rostrum.contracts.broadcast.StreamKeyHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/** A stream key that was handed out: everything but the secret. */
@Entity
@Table(name = "stream_key")
public class IssuedKey {
  @Id
  @Column(name = "key_id")
  String keyId;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "broadcast_id")
  Broadcast broadcast;

  String sha256;

  @Enumerated(EnumType.STRING)
  KeyPurpose purpose;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "revoked_at")
  Instant revokedAt;

  /** For Hibernate. */
  protected IssuedKey() {}

  IssuedKey(
      Broadcast broadcast,
      StreamKeyHash hash,
      KeyPurpose purpose,
      String createdBy,
      Instant createdAt) {
    this.broadcast = broadcast;
    this.keyId = hash.keyId();
    this.sha256 = hash.sha256();
    this.expiresAt = hash.expiresAt();
    this.purpose = purpose;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
  }

  /** Whether a publisher may use it at that time. */
  boolean isValid(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  StreamKeyHash hash() {
    return new StreamKeyHash(keyId, sha256, expiresAt);
  }
}

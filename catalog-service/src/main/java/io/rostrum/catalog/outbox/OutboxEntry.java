package io.rostrum.catalog.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A record on its way to the {@code broadcasts} topic. */
@Entity
@Table(name = "broadcast_outbox")
class OutboxEntry {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Column(name = "broadcast_id")
  String broadcastId;

  /** JSON of the intent; null is the tombstone of a deleted broadcast. */
  String payload;

  @Column(name = "created_at")
  Instant createdAt;
}

package io.rostrum.catalog.deletion;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A deleted broadcast whose media have to go, or went. */
@Entity
@Table(name = "broadcast_deletion")
class MediaDeletion {
  @Id
  @Column(name = "broadcast_id")
  String broadcastId;

  @Column(name = "requested_by")
  String requestedBy;

  @Column(name = "requested_at")
  Instant requestedAt;

  @Column(name = "sweeps_done")
  int sweepsDone;

  /** Since the last sweep that went through. */
  int failures;

  /** Null once the last sweep is done. */
  @Column(name = "next_attempt_at")
  Instant nextAttemptAt;

  @Column(name = "last_error")
  String lastError;
}

package io.rostrum.catalog.deletion;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The durable list of what has to be deleted. */
@ApplicationScoped
class MediaDeletions implements PanacheRepositoryBase<MediaDeletion, String> {
  private final DeletionConfig config;
  private final Clock clock;
  private final Event<DeletionRequested> requested;

  MediaDeletions(DeletionConfig config, Clock clock, Event<DeletionRequested> requested) {
    this.config = config;
    this.clock = clock;
    this.requested = requested;
  }

  /** Takes part in the transaction that deletes the broadcast. */
  @Transactional(Transactional.TxType.MANDATORY)
  void request(String broadcastId, String requestedBy) {
    MediaDeletion deletion = new MediaDeletion();
    deletion.broadcastId = broadcastId;
    deletion.requestedBy = requestedBy;
    deletion.requestedAt = clock.instant();
    deletion.nextAttemptAt = deletion.requestedAt.plus(config.sweeps().get(0));
    persist(deletion);
    requested.fire(new DeletionRequested());
  }

  /**
   * Takes one that is due. It is this instance's until the lease is over, then another one's: an
   * instance that dies keeps nothing from being deleted.
   */
  @Transactional
  @SuppressWarnings("unchecked")
  Optional<String> claim() {
    Instant now = clock.instant();
    List<MediaDeletion> due =
        getEntityManager()
            .createNativeQuery(
                "select * from broadcast_deletion where next_attempt_at <= :now"
                    + " order by next_attempt_at limit 1 for update skip locked",
                MediaDeletion.class)
            .setParameter("now", now)
            .getResultList();
    due.forEach(deletion -> deletion.nextAttemptAt = now.plus(config.lease()));
    return due.stream().map(deletion -> deletion.broadcastId).findFirst();
  }

  /**
   * A sweep went through.
   *
   * @return whether it was the last
   */
  @Transactional
  boolean swept(String broadcastId) {
    MediaDeletion deletion = findById(broadcastId);
    deletion.sweepsDone++;
    deletion.failures = 0;
    deletion.lastError = null;
    boolean last = deletion.sweepsDone >= config.sweeps().size();
    deletion.nextAttemptAt =
        last ? null : deletion.requestedAt.plus(config.sweeps().get(deletion.sweepsDone));
    return last;
  }

  /** A sweep failed and is due again after a pause. */
  @Transactional
  void failed(String broadcastId, String error) {
    MediaDeletion deletion = findById(broadcastId);
    Duration pause = config.retryDelay().multipliedBy(1L << Math.min(deletion.failures, 20));
    deletion.failures++;
    deletion.lastError = error;
    Duration longest = config.maxRetryDelay();
    deletion.nextAttemptAt = clock.instant().plus(pause.compareTo(longest) > 0 ? longest : pause);
  }
}

package io.rostrum.catalog.outbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * Records that wait for Kafka. Adding takes part in the caller's transaction and needs one; the
 * relay is woken when it commits.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Outbox implements PanacheRepositoryBase<OutboxEntry, Long> {
  private static final long RELAY_LOCK = 0x726F7374_6F626F78L;

  private final Clock clock;
  private final Event<OutboxChanged> changed;

  Outbox(Clock clock, Event<OutboxChanged> changed) {
    this.clock = clock;
    this.changed = changed;
  }

  /** The intent will be the last record of its broadcast. */
  public void add(BroadcastIntent intent) {
    add(intent.id(), new String(intent.toBytes(), StandardCharsets.UTF_8));
  }

  /** The broadcast is deleted. */
  public void addTombstone(String broadcastId) {
    add(broadcastId, null);
  }

  private void add(String broadcastId, String payload) {
    OutboxEntry entry = new OutboxEntry();
    entry.broadcastId = broadcastId;
    entry.payload = payload;
    entry.createdAt = clock.instant();
    persist(entry);
    changed.fire(new OutboxChanged());
  }

  /**
   * Makes the running transaction the only relay of all catalog instances until it ends. Postgres
   * lets go when the instance dies.
   *
   * @return false where another one is
   */
  boolean tryLock() {
    return (Boolean)
        getEntityManager()
            .createNativeQuery("select pg_try_advisory_xact_lock(:lock)")
            .setParameter("lock", RELAY_LOCK)
            .getSingleResult();
  }

  /** The oldest entries, in order. */
  List<OutboxEntry> oldest(int limit) {
    return findAll(Sort.by("id")).page(Page.ofSize(limit)).list();
  }

  void remove(List<OutboxEntry> published) {
    delete("id in ?1", published.stream().map(entry -> entry.id).toList());
  }
}

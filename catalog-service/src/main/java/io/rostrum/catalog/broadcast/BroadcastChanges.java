package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.outbox.Outbox;
import io.rostrum.contracts.broadcast.Repair;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The one way to change a broadcast: under its lock, with the next revision, and with the record
 * for the other services in the same transaction.
 */
@ApplicationScoped
public class BroadcastChanges {
  private final Broadcasts broadcasts;
  private final ProgressIndex progressIndex;
  private final Outbox outbox;
  private final Clock clock;

  BroadcastChanges(Broadcasts broadcasts, ProgressIndex progressIndex, Outbox outbox, Clock clock) {
    this.broadcasts = broadcasts;
    this.progressIndex = progressIndex;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Adds a broadcast. */
  @Transactional
  public <T> T create(Broadcast broadcast, Function<Broadcast, T> result) {
    broadcast.revision = 1;
    T value = result.apply(broadcast);
    broadcasts.persist(broadcast);
    outbox.add(broadcast.intent(clock.instant()));
    return value;
  }

  /**
   * Changes a broadcast.
   *
   * @param change works on the locked broadcast and on what became of it so far; an exception of it
   *     undoes everything
   * @param view made of the changed broadcast, still in the transaction
   */
  @Transactional
  public <T> T change(
      String id, BiConsumer<Broadcast, Progress> change, BiFunction<Broadcast, Progress, T> view) {
    Broadcast broadcast = broadcasts.requireLocked(id);
    Progress progress = progressIndex.of(id);
    change.accept(broadcast, progress);
    publish(broadcast);
    return view.apply(broadcast, progress);
  }

  /**
   * Asks for the end. Idempotent: a second call changes nothing.
   *
   * @return the broadcast's view
   */
  @Transactional
  public <T> T requestEnd(String id, BiFunction<Broadcast, Progress, T> view) {
    Broadcast broadcast = broadcasts.requireLocked(id);
    Progress progress = progressIndex.of(id);
    BroadcastRules.requireEndable(broadcast.state(progress));
    if (!broadcast.endRequested() && progress.endedAt() == null) {
      broadcast.endRequestedAt = clock.instant();
      publish(broadcast);
    }
    return view.apply(broadcast, progress);
  }

  /**
   * Asks for the recording to be gone over. Idempotent: while the same wish waits, a second one
   * changes nothing.
   *
   * @return the broadcast's view
   */
  @Transactional
  public <T> T requestRepair(
      String id, RepairRequest request, BiFunction<Broadcast, Progress, T> view) {
    Broadcast broadcast = broadcasts.requireLocked(id);
    Progress progress = progressIndex.of(id);
    BroadcastRules.requireRepairable(broadcast, broadcast.state(progress));
    request.check();
    Repair before = broadcast.repair;
    boolean same =
        before != null
            && !progress.answered(before)
            && Objects.equals(before.rungs(), request.rungs());
    if (!same) {
      broadcast.repair =
          new Repair("repair" + (broadcast.revision + 1), clock.instant(), request.rungs());
      publish(broadcast);
    }
    return view.apply(broadcast, progress);
  }

  private void publish(Broadcast broadcast) {
    Instant now = clock.instant();
    broadcast.revision++;
    broadcast.updatedAt = now;
    outbox.add(broadcast.intent(now));
  }
}

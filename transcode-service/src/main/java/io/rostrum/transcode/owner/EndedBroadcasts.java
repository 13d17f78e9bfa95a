package io.rostrum.transcode.owner;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.broadcast.Outlet;
import io.rostrum.transcode.broadcast.Services;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.checkpoint.Revisions;
import io.rostrum.transcode.intent.Intents;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.revision.Outcome;
import io.rostrum.transcode.revision.RevisionQueue;
import io.rostrum.transcode.revision.Wish;
import io.rostrum.transcode.store.Uploads;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * The finished broadcasts of a partition: has their recordings gone over, once after the end and
 * whenever somebody asks, and commits what came of it. The owner loop's thread only.
 */
final class EndedBroadcasts implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EndedBroadcasts.class);

  private final Outlet outlet;
  private final Runnable claim;
  private final Services services;
  private final RevisionQueue revisions;
  private final Map<String, Checkpoint> checkpoints = new HashMap<>();
  private final Map<String, RevisionQueue.Ticket> inWork = new HashMap<>();
  private final Set<String> announcing = new HashSet<>();
  private boolean closed;

  /**
   * @param claim makes the partition this instance's own, if it is not yet: before anything of it
   *     is changed, and known for sure
   */
  EndedBroadcasts(Outlet outlet, Runnable claim, Services services, RevisionQueue revisions) {
    this.outlet = outlet;
    this.claim = claim;
    this.services = services;
    this.revisions = revisions;
  }

  /** Takes note of a broadcast that is finished. */
  void put(String broadcast, Checkpoint checkpoint) {
    checkpoints.put(broadcast, checkpoint);
  }

  /** What follows from intents. */
  void tick(Intents intents) {
    for (Map.Entry<String, Checkpoint> ended : List.copyOf(checkpoints.entrySet())) {
      String broadcast = ended.getKey();
      if (intents.isDeleted(broadcast)) {
        forget(broadcast);
      } else if (!inWork.containsKey(broadcast) && !announcing.contains(broadcast)) {
        BroadcastIntent intent = intents.get(broadcast);
        attend(broadcast, ended.getValue(), intent == null ? null : intent.repair());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    inWork.values().forEach(RevisionQueue.Ticket::takeBack);
  }

  private void forget(String broadcast) {
    checkpoints.remove(broadcast);
    RevisionQueue.Ticket ticket = inWork.remove(broadcast);
    if (ticket != null) {
      ticket.takeBack();
    }
  }

  private void attend(String broadcast, Checkpoint checkpoint, Repair asked) {
    Revisions revisions = checkpoint.revisions();
    boolean announced = revisions.newest() == null || revisions.announced();
    boolean answered = asked == null || asked.id().equals(revisions.repair());
    if (announced && answered && revisions.examined()) {
      return;
    }
    claim.run();
    Checkpoint now = checkpoints.get(broadcast);
    if (now != checkpoint) {
      return; // Another owner had got further; look again.
    }
    if (!announced) {
      announce(broadcast, revisions.newest());
    } else {
      goOver(broadcast, checkpoint, answered ? null : asked);
    }
  }

  private void goOver(String broadcast, Checkpoint checkpoint, Repair repair) {
    if (checkpoint.ladder() == null) {
      // Nobody ever published: there is no recording to go over.
      Ladder none = new Ladder(List.of(), List.of());
      revised(
          broadcast,
          new Wish(broadcast, checkpoint.revisions(), none, repair)
              .unchanged(none, 0, "nothing was recorded."));
      return;
    }
    Wish wish =
        new Wish(
            broadcast,
            checkpoint.revisions(),
            new Ladder(checkpoint.ladder(), checkpoint.rungs()),
            repair);
    inWork.put(
        broadcast,
        revisions.add(
            wish,
            outcome ->
                services
                    .owner()
                    .execute(
                        () -> {
                          if (!closed && inWork.remove(broadcast) != null) {
                            revised(broadcast, outcome);
                          }
                        })));
  }

  private void revised(String broadcast, Outcome outcome) {
    Fact.Revised fact = outcome.fact();
    boolean recorded = !outcome.ladder().renditions().isEmpty();
    commit(
        broadcast,
        fact == null ? List.of() : List.of(fact),
        (checkpoint, facts) ->
            checkpoint.revised(
                facts,
                fact == null
                    ? checkpoint.revisions().behindExamination()
                    : checkpoint.revisions().behind(fact),
                recorded ? outcome.ladder().renditions() : null,
                outcome.ladder().rungs()));
    if (fact != null) {
      services.metrics().revised();
      LOG.infof(
          "Recording revised: broadcast=%s revision=%d gaps=%d repair=%s problem=%s",
          broadcast, fact.revision(), fact.gaps(), fact.repair(), fact.problem());
    }
  }

  /** Only behind the fact's commit: what the object store tells of counts. */
  private void announce(String broadcast, Fact.Revised newest) {
    Uploads.StoredObject marker =
        new Uploads.StoredObject(
            ObjectKeys.revision(broadcast, newest.revision()),
            ContractJson.write(newest),
            "application/json");
    announcing.add(broadcast);
    services
        .uploads()
        .put(
            "revision of " + broadcast,
            List.of(marker),
            () ->
                services
                    .owner()
                    .execute(
                        () -> {
                          if (!closed
                              && announcing.remove(broadcast)
                              && checkpoints.containsKey(broadcast)) {
                            commit(
                                broadcast,
                                List.of(),
                                (checkpoint, facts) ->
                                    checkpoint.revised(
                                        facts,
                                        checkpoint.revisions().behindAnnouncement(),
                                        checkpoint.ladder(),
                                        checkpoint.rungs()));
                          }
                        }));
  }

  private void commit(
      String broadcast, List<Fact> facts, BiFunction<Checkpoint, Integer, Checkpoint> next) {
    Checkpoint before = checkpoints.get(broadcast);
    Checkpoint after = next.apply(before, facts.size());
    outlet.commit(broadcast, after.epoch(), before.nextSeq(), facts, after);
    checkpoints.put(broadcast, after);
  }
}

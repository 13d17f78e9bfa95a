package io.rostrum.catalog.timeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.runtime.Startup;
import io.rostrum.catalog.broadcast.Progress;
import io.rostrum.catalog.broadcast.ProgressIndex;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.timeline.TimelineRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The facts in Postgres. */
@Startup // So that its counters are there before the first fact.
@ApplicationScoped
public class TimelineIndex implements PanacheRepositoryBase<IndexedFact, FactKey> {
  private static final Logger LOG = Logger.getLogger(TimelineIndex.class);

  private final IndexPositions positions;
  private final ProgressIndex progressIndex;
  private final Counter indexed;
  private final Counter missing;
  private final Counter unreadable;

  TimelineIndex(IndexPositions positions, ProgressIndex progressIndex, MeterRegistry metrics) {
    this.positions = positions;
    this.progressIndex = progressIndex;
    this.indexed = metrics.counter("rostrum.timeline.indexed");
    this.missing = metrics.counter("rostrum.timeline.missing");
    this.unreadable = metrics.counter("rostrum.timeline.unreadable");
  }

  /**
   * Stores facts and moves the partition's position, all or nothing.
   *
   * @param records of one partition, in order; those that are indexed already are skipped
   */
  @Transactional
  void append(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
    IndexPosition position = positions.lock(partition);
    for (ConsumerRecord<byte[], byte[]> source : records) {
      if (source.offset() >= position.nextOffset) {
        append(source);
        position.nextOffset = source.offset() + 1;
      }
    }
  }

  private void append(ConsumerRecord<byte[], byte[]> source) {
    TimelineRecord record = parse(source);
    if (record == null || isDeleted(record.broadcast())) {
      return;
    }
    Progress progress = progressIndex.of(record.broadcast());
    if (progress.knows(record)) {
      return;
    }
    long lost = progress.apply(record);
    if (lost > 0) {
      missing.increment(lost);
      LOG.errorf(
          "Facts are missing in the timeline broadcast=%s missing=%d beforeSeq=%d partition=%d"
              + " offset=%d",
          record.broadcast(), lost, record.seq(), source.partition(), source.offset());
    }
    progressIndex.persist(progress);
    persist(new IndexedFact(record, source));
    indexed.increment();
  }

  /** Null where the record is not a fact: it is logged and left behind, see ContractException. */
  private TimelineRecord parse(ConsumerRecord<byte[], byte[]> source) {
    try {
      if (source.value() == null) {
        throw new ContractException("a record without a value");
      }
      return TimelineRecord.parse(source.value());
    } catch (ContractException e) {
      unreadable.increment();
      LOG.errorf(
          "Record is not a fact and is left out topic=%s partition=%d offset=%d error=%s",
          source.topic(), source.partition(), source.offset(), e.getMessage());
      return null;
    }
  }

  private boolean isDeleted(String broadcastId) {
    return (Boolean)
        getEntityManager()
            .createNativeQuery(
                "select exists (select 1 from broadcast_deletion where broadcast_id = :id)")
            .setParameter("id", broadcastId)
            .getSingleResult();
  }

  /** Facts as they were written, in order. */
  @Transactional
  List<IndexedFact> after(String broadcastId, long seq, int limit) {
    return find("key.broadcastId = ?1 and key.seq > ?2 order by key.seq", broadcastId, seq)
        .page(0, limit)
        .list();
  }

  /** Removes the facts of a deleted broadcast. */
  @Transactional
  public void forget(String broadcastId) {
    delete("key.broadcastId", broadcastId);
    progressIndex.deleteById(broadcastId);
  }
}

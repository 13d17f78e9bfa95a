package io.rostrum.catalog.timeline;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.stream.Collectors;

/** How far the timeline topic is indexed. */
@ApplicationScoped
class IndexPositions implements PanacheRepositoryBase<IndexPosition, Integer> {
  /** The offset to go on from, by partition; partitions nothing was read of are absent. */
  @Transactional
  Map<Integer, Long> all() {
    return listAll().stream()
        .collect(Collectors.toMap(position -> position.partition, position -> position.nextOffset));
  }

  /** The position, locked until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  IndexPosition lock(int partition) {
    getEntityManager()
        .createNativeQuery(
            "insert into timeline_position (kafka_partition, next_offset) values (:partition, 0)"
                + " on conflict do nothing")
        .setParameter("partition", partition)
        .executeUpdate();
    return findById(partition, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Starts the partition over: its topic was made anew. Facts that are known are skipped by seq.
   */
  @Transactional
  void reset(int partition) {
    lock(partition).nextOffset = 0;
  }
}

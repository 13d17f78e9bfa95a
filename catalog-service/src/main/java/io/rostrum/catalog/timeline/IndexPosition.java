package io.rostrum.catalog.timeline;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far a partition of the timeline topic is indexed. */
@Entity
@Table(name = "timeline_position")
class IndexPosition {
  @Id
  @Column(name = "kafka_partition")
  Integer partition;

  @Column(name = "next_offset")
  long nextOffset;

  /** For Hibernate. */
  protected IndexPosition() {}

  IndexPosition(int partition) {
    this.partition = partition;
  }
}

package io.rostrum.catalog.timeline;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A fact in the index, word for word as it was written. */
@Entity
@Table(name = "timeline_fact")
class IndexedFact {
  @EmbeddedId FactKey key;

  String kind;

  /** Null for facts about no segment. */
  Long msn;

  /** JSON. */
  String record;

  @Column(name = "kafka_partition")
  int kafkaPartition;

  @Column(name = "kafka_offset")
  long kafkaOffset;

  /** For Hibernate. */
  protected IndexedFact() {}

  IndexedFact(TimelineRecord fact, ConsumerRecord<byte[], byte[]> source) {
    key = new FactKey(fact.broadcast(), fact.seq());
    kind = kindOf(fact.fact());
    msn = fact.fact().segmentMsn() < 0 ? null : fact.fact().segmentMsn();
    record = new String(source.value(), StandardCharsets.UTF_8);
    kafkaPartition = source.partition();
    kafkaOffset = source.offset();
  }

  /** The name that the fact has in JSON: {@code open}, {@code close} and so on. */
  private static String kindOf(Fact fact) {
    return fact.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}

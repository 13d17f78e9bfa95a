package io.rostrum.catalog.timeline;

import io.quarkus.runtime.ShutdownEvent;
import io.rostrum.catalog.schema.SchemaReady;
import io.rostrum.catalog.work.WorkLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings the timeline topic into the index. After any failure of Kafka or Postgres it drops its
 * consumer and begins anew from the positions in the database, so nothing is lost and nothing comes
 * twice.
 */
@ApplicationScoped
class TimelineIndexer {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final TimelineIndex index;
  private final IndexPositions positions;
  private final String bootstrapServers;
  private final WorkLoop loop = new WorkLoop("timeline-indexer", this::indexSome);
  private TimelineConsumer consumer;

  TimelineIndexer(
      TimelineIndex index,
      IndexPositions positions,
      @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
          String bootstrapServers) {
    this.index = index;
    this.positions = positions;
    this.bootstrapServers = bootstrapServers;
  }

  void start(@Observes SchemaReady event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
    dropConsumer();
  }

  private Duration indexSome() {
    try {
      if (consumer == null) {
        consumer = new TimelineConsumer(bootstrapServers, positions.all());
        consumer.remadePartitions().forEach(positions::reset);
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      appendAll(records);
      return Duration.ZERO;
    } catch (Throwable e) {
      dropConsumer();
      throw e;
    }
  }

  /** A partition that cannot be stored does not keep the others from it. */
  private void appendAll(ConsumerRecords<byte[], byte[]> records) {
    RuntimeException failure = null;
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> ofPartition = records.records(partition);
      try {
        index.append(partition.partition(), ofPartition);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void dropConsumer() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}

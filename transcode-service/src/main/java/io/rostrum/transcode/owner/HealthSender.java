package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.transcode.broadcast.BroadcastPipeline;
import io.rostrum.transcode.intent.Intents;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Says every {@link HealthReport#INTERVAL} how the broadcasts of an owner loop are doing. Best
 * effort: a report that does not get through is thrown away. Used by the owner loop's thread.
 */
final class HealthSender implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HealthSender.class);

  private final KafkaProducer<String, byte[]> producer;
  private final String node;
  private long lastNanos = System.nanoTime();

  HealthSender(KafkaProducer<String, byte[]> producer, String node) {
    this.producer = producer;
    this.node = node;
  }

  /** Sends the reports if it is time. */
  void tick(Collection<OwnedPartition> partitions, Intents intents) {
    long nowNanos = System.nanoTime();
    if (nowNanos - lastNanos < HealthReport.INTERVAL.toNanos()) {
      return;
    }
    lastNanos = nowNanos;
    try {
      Instant now = Instant.now();
      for (OwnedPartition partition : partitions) {
        for (BroadcastPipeline broadcast : partition.live()) {
          send(partition.partition(), broadcast.health(node, now, intents.get(broadcast.id())));
        }
      }
    } catch (KafkaException e) {
      LOG.debugf("Health reports left out: error=%s", e.getMessage());
    }
  }

  private void send(int partition, HealthReport report) {
    producer.send(
        new ProducerRecord<>(
            Topic.HEALTH.topicName(), partition, report.broadcast(), report.toBytes()));
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.transcode.broadcast.BroadcastPipeline;
import io.rostrum.transcode.health.TranscodeMetrics;
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
  private final TranscodeMetrics metrics;
  private long lastNanos = System.nanoTime();

  HealthSender(KafkaProducer<String, byte[]> producer, String node, TranscodeMetrics metrics) {
    this.producer = producer;
    this.metrics = metrics;
    this.node = node;
  }

  /** Sends the reports and shows the metrics if it is time. */
  void tick(Collection<OwnedPartition> partitions, Intents intents) {
    long nowNanos = System.nanoTime();
    if (nowNanos - lastNanos < HealthReport.INTERVAL.toNanos()) {
      return;
    }
    lastNanos = nowNanos;
    Instant now = Instant.now();
    long lagMs = 0;
    int waiting = 0;
    int leftOut = 0;
    int encoding = 0;
    double slowest = 0;
    boolean reachable = true;
    for (OwnedPartition partition : partitions) {
      for (BroadcastPipeline broadcast : partition.live()) {
        HealthReport.Transcode report = broadcast.health(node, now, intents.get(broadcast.id()));
        lagMs = Math.max(lagMs, report.lagMs());
        waiting += report.segmentsWaiting();
        encoding += broadcast.segmentsEncoding();
        double factor = report.realTimeFactor();
        slowest = slowest == 0 || factor > 0 && factor < slowest ? factor : slowest;
        leftOut +=
            (int)
                report.renditions().stream().filter(HealthReport.RenditionHealth::deferred).count();
        reachable = reachable && send(partition.partition(), report);
      }
    }
    metrics.live(lagMs, waiting, leftOut, encoding, slowest);
  }

  /** False where Kafka cannot be reached: the other reports need not try. */
  private boolean send(int partition, HealthReport report) {
    try {
      producer.send(
          new ProducerRecord<>(
              Topic.HEALTH.topicName(), partition, report.broadcast(), report.toBytes()));
      return true;
    } catch (KafkaException e) {
      LOG.debugf("Health reports left out: error=%s", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

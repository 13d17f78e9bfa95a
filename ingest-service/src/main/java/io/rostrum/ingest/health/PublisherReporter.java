package io.rostrum.ingest.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.ingest.NodeConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Says how publishers are doing: on the health topic and as metrics. Best effort, and apart from
 * the way media takes: it has its own producer and thread, and what does not get through in a
 * moment is thrown away. {@link #report} may be called from any thread and never blocks.
 */
@ApplicationScoped
public class PublisherReporter {

  private static final Logger LOG = Logger.getLogger(PublisherReporter.class);
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_BLOCK_MS = 200;
  private static final int DELIVERY_MS = 4_000;

  /** Many publishers' reports go together: they are for people, who do not see a quarter second. */
  private static final int LINGER_MS = 250;

  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Map<String, Object> config;
  private final PublisherGauges gauges;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          task -> {
            Thread made = new Thread(task, "health-producer");
            made.setDaemon(true);
            return made;
          },
          new ThreadPoolExecutor.DiscardPolicy());
  private Producer<byte[], byte[]> producer;

  PublisherReporter(
      NodeConfig node,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      MeterRegistry metrics) {
    gauges = new PublisherGauges(metrics);
    config = new HashMap<>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "rostrum-ingest-health-" + node.node());
    config.put(ProducerConfig.ACKS_CONFIG, "1");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    config.put(ProducerConfig.RETRIES_CONFIG, 0);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
  }

  /** Sends a report, and shows it as metrics; the last of a publisher takes its metrics away. */
  public void report(HealthReport.Publisher report) {
    gauges.show(report);
    thread.execute(() -> send(report));
  }

  private void send(HealthReport.Publisher report) {
    try {
      if (producer == null) {
        producer =
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
      }
      byte[] key = report.broadcast().getBytes(StandardCharsets.UTF_8);
      producer.send(
          new ProducerRecord<>(Topic.HEALTH.topicName(), key, report.toBytes()),
          (metadata, failure) -> lost(failure));
    } catch (KafkaException | IllegalStateException e) {
      lost(e);
    }
  }

  private static void lost(Exception failure) {
    if (failure != null) {
      LOG.debugf("Health report lost error=%s", failure.getMessage());
    }
  }

  /** Sends what waits, if that goes quickly. */
  public void close() {
    thread.execute(
        () -> {
          if (producer != null) {
            producer.close(CLOSE);
          }
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        LOG.debug("Health reports were left unsent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

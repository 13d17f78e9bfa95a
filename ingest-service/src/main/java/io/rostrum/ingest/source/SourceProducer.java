package io.rostrum.ingest.source;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.contracts.Topic;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.NodeConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * The one Kafka producer of this process. Records are handed to it by one thread, in the order in
 * which event loops gave them, because handing over may block while Kafka is away and event loops
 * must not. The thread wakes for many records at once, and so does the producer's own: with a
 * hundred publishers, waking would cost more than all that is done with a record.
 */
@ApplicationScoped
public class SourceProducer {

  private static final Logger LOG = Logger.getLogger(SourceProducer.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  /**
   * How long records gather before they are handed over, and then before they are sent. RTMP's come
   * many at a time, once in each of its reading periods.
   */
  private static final int GATHER_MS = 8;

  private static final int LINGER_MS = 5;

  /** A record that waits to be handed over. */
  private record Waiting(SourceWriter writer, byte[] key, byte[] value, boolean evenAfterFailure) {}

  private final Map<String, Object> config;
  private final long maxInFlightBytes;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final Counter recordsSent;
  private final Counter recordsFailed;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "source-producer");
            made.setDaemon(true);
            return made;
          });
  private Producer<byte[], byte[]> producer;

  SourceProducer(
      IngestConfig ingest,
      NodeConfig node,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      MeterRegistry metrics) {
    config = config(ingest, node, kafka);
    maxInFlightBytes = ingest.source().maxTotalInFlightBytes();
    metrics.gauge("rostrum.ingest.inflight.bytes", inFlightBytes);
    recordsSent = metrics.counter("rostrum.ingest.records", "outcome", "acknowledged");
    recordsFailed = metrics.counter("rostrum.ingest.records", "outcome", "failed");
  }

  private static Map<String, Object> config(
      IngestConfig ingest, NodeConfig node, Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    long deliveryMs = ingest.source().deliveryTimeout().toMillis();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "rostrum-ingest-" + node.node());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    // -1 leaves its size to the system, which lets it grow. The client's own 128 KiB take a request
    // of many publishers' records in many writes, and each copies all that is left of the request.
    config.put(ProducerConfig.SEND_BUFFER_CONFIG, -1);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, ingest.source().bufferBytes());
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryMs);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(5_000, deliveryMs / 2));
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, deliveryMs);
    config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    return config;
  }

  /**
   * Connects to Kafka before anybody publishes, so that the first publisher's records go out as
   * fast as the next one's. Returns at once; where Kafka is away nothing is lost but that.
   */
  public void prepare() {
    thread.execute(() -> connect(producer()));
  }

  /** On a thread of its own, since it blocks while Kafka is away. */
  private static void connect(Producer<byte[], byte[]> made) {
    Thread connecting =
        new Thread(
            () -> {
              try {
                made.partitionsFor(Topic.SOURCE.topicName());
              } catch (KafkaException | IllegalStateException e) {
                LOG.infof("Kafka is not there yet error=%s", e.getMessage());
              }
            },
            "source-producer-start");
    connecting.setDaemon(true);
    connecting.start();
  }

  /** Where one connection's records go. */
  public SourceWriter writer(String broadcastId, SourceWriter.Events events) {
    return new SourceWriter(this, broadcastId, events);
  }

  /** Whether there is so much on its way that no publication should add to it. */
  boolean isFull() {
    return inFlightBytes.get() > maxInFlightBytes;
  }

  /**
   * Hands a record to Kafka, later and on another thread.
   *
   * @param writer is told the outcome, on a thread of the producer
   */
  void send(SourceWriter writer, byte[] key, byte[] value, boolean evenAfterFailure) {
    inFlightBytes.addAndGet(value.length);
    waiting.add(new Waiting(writer, key, value, evenAfterFailure));
    if (scheduled.compareAndSet(false, true)) {
      try {
        thread.schedule(this::sendWaiting, GATHER_MS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        giveUp(e);
      }
    }
  }

  private void sendWaiting() {
    // Whoever adds a record from here on schedules again; on this one thread order is kept.
    scheduled.set(false);
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      sendNow(next.writer, next.key, next.value, next.evenAfterFailure);
    }
  }

  /** The thread is gone: nothing will be sent any more. */
  private void giveUp(Exception reason) {
    scheduled.set(false);
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      settle(next.writer, next.value.length, reason);
    }
  }

  private void sendNow(SourceWriter writer, byte[] key, byte[] value, boolean evenAfterFailure) {
    if (writer.hasFailed() && !evenAfterFailure) {
      // Never skip a record: behind a lost one there is nothing but the end.
      settle(writer, value.length, null);
      return;
    }
    // The array itself is not needed any longer: Kafka's buffer has a copy.
    int bytes = value.length;
    try {
      producer()
          .send(
              new ProducerRecord<>(Topic.SOURCE.topicName(), key, value),
              (metadata, failure) -> settle(writer, bytes, failure));
    } catch (KafkaException | IllegalStateException e) {
      settle(writer, value.length, e);
    }
  }

  private void settle(SourceWriter writer, int bytes, Exception failure) {
    inFlightBytes.addAndGet(-bytes);
    if (failure == null) {
      recordsSent.increment();
    } else {
      recordsFailed.increment();
    }
    writer.settled(bytes, failure);
  }

  /** Made on its own thread and when first needed: Kafka may be away when this process starts. */
  private Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  /** Delivers what was given so far, as far as that is possible within a few seconds. */
  public void close() {
    thread.execute(
        () -> {
          sendWaiting();
          if (producer != null) {
            producer.close(CLOSE);
          }
        });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE.toMillis() + 1_000, TimeUnit.MILLISECONDS)) {
        LOG.warn("Records were left undelivered: Kafka did not take them in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

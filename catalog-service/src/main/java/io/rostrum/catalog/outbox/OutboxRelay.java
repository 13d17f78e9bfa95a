package io.rostrum.catalog.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.rostrum.catalog.schema.SchemaReady;
import io.rostrum.catalog.work.WorkLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings the outbox to Kafka: in order, each record at least once, right after the commit that
 * wrote it. A record leaves the outbox in the transaction that waited for Kafka's acknowledgement,
 * so one that fails in between is sent again; readers tell the copies by {@code revision}.
 *
 * <p>Of several catalog instances one relays at a time, under a lock in Postgres.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Duration OTHER_RELAY_PAUSE = Duration.ofMillis(50);
  private static final int TRANSACTION_TIMEOUT_SECONDS = 30;

  private final Outbox outbox;
  private final OutboxConfig config;
  private final String bootstrapServers;
  private final Counter published;
  private final WorkLoop loop = new WorkLoop("outbox-relay", this::relay);
  private IntentProducer producer;

  OutboxRelay(
      Outbox outbox,
      OutboxConfig config,
      MeterRegistry metrics,
      @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
          String bootstrapServers) {
    this.outbox = outbox;
    this.config = config;
    this.bootstrapServers = bootstrapServers;
    this.published = metrics.counter("rostrum.outbox.published");
  }

  void start(@Observes SchemaReady event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
    closeProducer();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxChanged event) {
    loop.wake();
  }

  /** Whether records are on their way to Kafka, or would be if it were there. */
  public boolean isRunning() {
    return loop.isRunning();
  }

  private Duration relay() throws Exception {
    try {
      if (producer == null) {
        producer = new IntentProducer(bootstrapServers);
        producer.warmUp();
      }
      return QuarkusTransaction.requiringNew()
          .timeout(TRANSACTION_TIMEOUT_SECONDS)
          .call(this::relayBatch);
    } catch (Throwable e) {
      closeProducer();
      throw e;
    }
  }

  private Duration relayBatch() throws Exception {
    if (!outbox.tryLock()) {
      return OTHER_RELAY_PAUSE;
    }
    List<OutboxEntry> batch = outbox.oldest(config.batchSize());
    if (batch.isEmpty()) {
      return config.pollInterval();
    }
    producer.send(batch);
    outbox.remove(batch);
    published.increment(batch.size());
    return batch.size() < config.batchSize() ? config.pollInterval() : Duration.ZERO;
  }

  private void closeProducer() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }
}

package io.rostrum.catalog.health;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.catalog.work.TopicReader;
import io.rostrum.catalog.work.WorkLoop;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.health.HealthReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Keeps {@link LiveReports} at what the health topic says. */
@ApplicationScoped
class HealthFollower {
  private static final Logger LOG = Logger.getLogger(HealthFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final LiveReports reports;
  private final String bootstrapServers;
  private final Clock clock;
  private final WorkLoop loop = new WorkLoop("health-follower", this::followSome);
  private TopicReader reader;

  HealthFollower(
      LiveReports reports,
      @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "127.0.0.1:9092")
          String bootstrapServers,
      Clock clock) {
    this.reports = reports;
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
    dropReader();
  }

  private Duration followSome() {
    try {
      if (reader == null) {
        reader = HealthConsumer.open(bootstrapServers, clock.instant());
      }
      reader.poll(POLL).forEach(this::take);
      reports.forgetOld();
      return Duration.ZERO;
    } catch (Throwable e) {
      dropReader();
      throw e;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        reports.put(HealthReport.parse(record.value()));
      }
    } catch (ContractException e) {
      // A newer service may report what this one does not know; the next report comes in seconds.
      LOG.debugf(
          "Health report not understood partition=%d offset=%d error=%s",
          record.partition(), record.offset(), e.getMessage());
    }
  }

  private void dropReader() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}

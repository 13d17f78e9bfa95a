package io.rostrum.catalog.deletion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.rostrum.catalog.schema.SchemaReady;
import io.rostrum.catalog.timeline.TimelineIndex;
import io.rostrum.catalog.work.WorkLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Removes the media and facts of deleted broadcasts, one broadcast at a time, until it worked. */
@ApplicationScoped
class DeletionJob {
  private static final Logger LOG = Logger.getLogger(DeletionJob.class);

  private final MediaDeletions deletions;
  private final MediaStore store;
  private final TimelineIndex index;
  private final DeletionConfig config;
  private final Counter finished;
  private final WorkLoop loop = new WorkLoop("media-deletion", this::sweepOne);

  DeletionJob(
      MediaDeletions deletions,
      MediaStore store,
      TimelineIndex index,
      DeletionConfig config,
      MeterRegistry metrics) {
    this.deletions = deletions;
    this.store = store;
    this.index = index;
    this.config = config;
    this.finished = metrics.counter("rostrum.deletion.finished");
  }

  void start(@Observes SchemaReady event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeletionRequested event) {
    loop.wake();
  }

  private Duration sweepOne() {
    Optional<String> due = deletions.claim();
    if (due.isEmpty()) {
      return config.pollInterval();
    }
    String broadcastId = due.get();
    try {
      int objects = store.removeAll(broadcastId);
      index.forget(broadcastId);
      boolean last = deletions.swept(broadcastId);
      LOG.infof("Media deleted broadcast=%s objects=%d last=%s", broadcastId, objects, last);
      if (last) {
        finished.increment();
      }
    } catch (Exception e) {
      LOG.warnf(
          "Media could not be deleted and will be tried again broadcast=%s error=%s",
          broadcastId, e);
      deletions.failed(broadcastId, String.valueOf(e.getMessage()));
    }
    return Duration.ZERO;
  }
}

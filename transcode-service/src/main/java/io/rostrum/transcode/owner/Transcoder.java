package io.rostrum.transcode.owner;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.transcode.config.S3Config;
import io.rostrum.transcode.config.TranscodeConfig;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.ladder.Canvas;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.store.ObjectStore;
import io.rostrum.transcode.store.Uploads;
import io.rostrum.transcode.worker.SpareChildren;
import io.rostrum.transcode.worker.WorkerCommand;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs owner loops one after the other for as long as the service lives. */
@ApplicationScoped
public class Transcoder {
  private static final Logger LOG = Logger.getLogger(Transcoder.class);
  private static final long PAUSE_MS = 500;
  private static final long STOP_SECONDS = 10;

  /** A broadcast over WebRTC takes one for its pictures and one for its sound. */
  private static final int PLAIN_SPARES = 2;

  private final TranscodeConfig config;
  private final S3Config s3;
  private final TranscodeMetrics metrics;
  private final String bootstrapServers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final SpareChildren spares = new SpareChildren();
  private final Thread thread = new Thread(this::runLoops, "owner");
  private volatile OwnerLoop loop;
  private volatile String trouble = "starting";

  Transcoder(
      TranscodeConfig config,
      S3Config s3,
      TranscodeMetrics metrics,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.config = config;
    this.s3 = s3;
    this.metrics = metrics;
    this.bootstrapServers = bootstrapServers;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
    Rehearsal.start(new KafkaClients(bootstrapServers, config.group(), config.sessionTimeout()));
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped.countDown();
    thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    spares.close();
  }

  /** Why it does not work at the moment, in a form for operators; null while it does. */
  public String trouble() {
    OwnerLoop current = loop;
    return current != null && current.isReady() ? null : trouble;
  }

  private void runLoops() {
    while (stopped.getCount() > 0) {
      try (ObjectStore store = new ObjectStore(s3);
          Uploads uploads = new Uploads(store);
          OwnerLoop current =
              new OwnerLoop(
                  bootstrapServers, config, uploads, ladders(), workerCommand(), metrics)) {
        loop = current;
        trouble = "joining the consumer group and reading broadcasts";
        current.run(() -> stopped.getCount() == 0);
      } catch (RuntimeException e) {
        trouble = "starting again from the checkpoints after: " + e.getMessage();
        metrics.restarted();
        LOG.warnf(e, "Starting again from the checkpoints: error=%s", e.getMessage());
      } finally {
        loop = null;
      }
      pause();
    }
  }

  private WorkerCommand workerCommand() {
    WorkerCommand command = new WorkerCommand(config).with(spares);
    if (config.spareWorkers()) {
      spares.keep(command, PLAIN_SPARES);
      spares.keep(command.behind(config.videoPrefix()), 1);
    }
    return command;
  }

  private LadderFactory ladders() {
    return new LadderFactory(
        config.rungs(),
        config.maxRungs(),
        config.maxFrameRate(),
        config.preset(),
        Canvas.parse(config.canvas()));
  }

  private void pause() {
    try {
      stopped.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.rostrum.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.ingest.broadcast.BroadcastFollower;
import io.rostrum.ingest.health.PublisherReporter;
import io.rostrum.ingest.rtmp.RtmpServer;
import io.rostrum.ingest.source.SourceProducer;
import io.rostrum.ingest.whip.WhipSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts the parts of the service and stops them in the opposite order. */
@ApplicationScoped
class IngestLifecycle {

  private final BroadcastFollower follower;
  private final RtmpServer server;
  private final WhipSessions whip;
  private final SourceProducer producer;
  private final PublisherReporter reporter;

  IngestLifecycle(
      BroadcastFollower follower,
      RtmpServer server,
      WhipSessions whip,
      SourceProducer producer,
      PublisherReporter reporter) {
    this.reporter = reporter;
    this.follower = follower;
    this.server = server;
    this.whip = whip;
    this.producer = producer;
  }

  void start(@Observes StartupEvent event) {
    follower.start();
    producer.prepare();
    server.start();
    whip.start();
  }

  void stop(@Observes ShutdownEvent event) {
    server.stop();
    whip.stop();
    producer.close();
    reporter.close();
    follower.stop();
  }
}

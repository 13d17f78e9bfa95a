package io.rostrum.ingest.whip;

import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.NodeConfig;
import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.health.PublisherReporter;
import io.rostrum.ingest.publish.PublishGate;
import io.rostrum.ingest.publish.PublisherRegistry;
import io.rostrum.ingest.source.SourceProducer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What WHIP needs of the rest of the service. */
record WhipParts(
    IngestConfig config,
    String node,
    BroadcastDirectory directory,
    PublishGate gate,
    PublisherRegistry registry,
    SourceProducer producer,
    PublisherReporter reporter,
    MeterRegistry metrics) {

  /** Makes it of what is injected. */
  @Singleton
  static class Factory {
    @Produces
    @Singleton
    WhipParts parts(
        IngestConfig config,
        NodeConfig node,
        BroadcastDirectory directory,
        PublishGate gate,
        PublisherRegistry registry,
        SourceProducer producer,
        PublisherReporter reporter,
        MeterRegistry metrics) {
      return new WhipParts(
          config, node.node(), directory, gate, registry, producer, reporter, metrics);
    }
  }
}

package io.rostrum.ingest.rtmp;

import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.NodeConfig;
import io.rostrum.ingest.publish.PublishGate;
import io.rostrum.ingest.publish.PublisherRegistry;
import io.rostrum.ingest.source.SourceProducer;
import io.rostrum.rtmp.RtmpLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/**
 * What every connection needs of the rest of the service.
 *
 * @param limits of the wire codec
 */
record IngestParts(
    IngestConfig config,
    String node,
    RtmpLimits limits,
    PublishGate gate,
    PublisherRegistry registry,
    SourceProducer producer,
    MeterRegistry metrics) {

  /** Makes it of what is injected. */
  @ApplicationScoped
  static class Factory {
    private static final int MAX_AMF_DEPTH = 16;
    private static final int MAX_AMF_VALUES = 4096;

    @Produces
    @jakarta.inject.Singleton
    IngestParts parts(
        IngestConfig config,
        NodeConfig node,
        PublishGate gate,
        PublisherRegistry registry,
        SourceProducer producer,
        MeterRegistry metrics) {
      RtmpLimits limits =
          new RtmpLimits(
              config.rtmp().maxMessageBytes(),
              config.rtmp().maxChunkStreams(),
              config.rtmp().maxBufferedBytes(),
              MAX_AMF_DEPTH,
              MAX_AMF_VALUES);
      return new IngestParts(config, node.node(), limits, gate, registry, producer, metrics);
    }
  }
}

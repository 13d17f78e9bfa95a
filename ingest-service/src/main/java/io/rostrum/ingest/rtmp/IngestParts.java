package io.rostrum.ingest.rtmp;

import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.PartTarget;
import io.rostrum.contracts.Topic;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.NodeConfig;
import io.rostrum.ingest.health.PublisherReporter;
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
    PublisherReporter reporter,
    MeterRegistry metrics) {

  /** Makes it of what is injected. */
  @ApplicationScoped
  static class Factory {
    // Boxes and record fields around a single large access unit.
    private static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

    @Produces
    @jakarta.inject.Singleton
    IngestParts parts(
        IngestConfig config,
        NodeConfig node,
        PublishGate gate,
        PublisherRegistry registry,
        SourceProducer producer,
        PublisherReporter reporter,
        MeterRegistry metrics) {
      checkPartTarget(config);
      return new IngestParts(
          config, node.node(), limits(config.rtmp()), gate, registry, producer, reporter, metrics);
    }

    /**
     * @throws IllegalArgumentException if parts may not be so long; names the key
     */
    static void checkPartTarget(IngestConfig config) {
      try {
        PartTarget.check(Math.toIntExact(config.partTarget().toMillis()));
      } catch (ContractException | ArithmeticException e) {
        throw new IllegalArgumentException("rostrum.ingest.part-target: " + e.getMessage(), e);
      }
    }

    /**
     * @throws IllegalArgumentException if the settings contradict each other; names the key
     */
    static RtmpLimits limits(IngestConfig.Rtmp config) {
      int longest = Topic.MAX_RECORD_BYTES - RECORD_OVERHEAD_BYTES;
      if (config.maxMessageBytes() > longest) {
        throw new IllegalArgumentException(
            "rostrum.ingest.rtmp.max-message-bytes is %d, but an access unit must fit into a record: at most %d"
                .formatted(config.maxMessageBytes(), longest));
      }
      if (config.maxBufferedBytes() < config.maxMessageBytes()) {
        throw new IllegalArgumentException(
            "rostrum.ingest.rtmp.max-buffered-bytes is %d: it must hold one message of max-message-bytes, %d"
                .formatted(config.maxBufferedBytes(), config.maxMessageBytes()));
      }
      return new RtmpLimits(
          config.maxMessageBytes(),
          config.maxChunkStreams(),
          config.maxBufferedBytes(),
          config.maxAmfDepth(),
          config.maxAmfValues());
    }
  }
}

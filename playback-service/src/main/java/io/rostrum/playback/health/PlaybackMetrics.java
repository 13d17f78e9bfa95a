package io.rostrum.playback.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.http.SlowClients;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.segment.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gauges of what this node holds. */
@ApplicationScoped
public class PlaybackMetrics {
  void register(
      @Observes StartupEvent event,
      MeterRegistry metrics,
      Broadcasts broadcasts,
      MediaStore media,
      Spool spool,
      SlowClients slowClients) {
    Gauge.builder("rostrum.playback.requests.held", broadcasts, PlaybackMetrics::held)
        .description("Requests that wait for a segment or part: about one per low-latency viewer")
        .register(metrics);
    Gauge.builder("rostrum.playback.broadcasts.running", broadcasts, b -> b.running().size())
        .description("Broadcasts that run or are not wholly in the object store")
        .register(metrics);
    Gauge.builder("rostrum.playback.parts.heap.bytes", media, MediaStore::hotBytes)
        .description("Bytes of parts on the heap")
        .register(metrics);
    Gauge.builder("rostrum.playback.spool.bytes", spool, Spool::bytes)
        .description("Bytes of segments in the spool")
        .register(metrics);
    FunctionCounter.builder("rostrum.playback.segments.loaded", media, MediaStore::loads)
        .description("Segments read from the object store: those that nobody had asked for lately")
        .register(metrics);
    FunctionCounter.builder("rostrum.playback.clients.cut.off", slowClients, SlowClients::cutOff)
        .description("Clients that did not take a response within send-timeout")
        .register(metrics);
    Gauge.builder("rostrum.playback.spool.full", media, m -> m.spoolFull() ? 1 : 0)
        .description("1 while parts stay on the heap because the spool takes no more")
        .register(metrics);
  }

  private static double held(Broadcasts broadcasts) {
    return broadcasts.running().stream().mapToInt(Broadcast::heldRequests).sum();
  }
}

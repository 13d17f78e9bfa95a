package io.rostrum.transcode.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counters and timers of the transcoder. Thread safe. */
@ApplicationScoped
public class TranscodeMetrics {
  private final MeterRegistry registry;
  private final Counter segments;
  private final Counter malformed;
  private final Counter restarts;
  private final Counter revisions;
  private final AtomicInteger broadcasts;
  private final AtomicLong longestLagMs;
  private final AtomicInteger segmentsWaiting;
  private final AtomicInteger rungsLeftOut;

  public TranscodeMetrics(MeterRegistry registry) {
    this.registry = registry;
    segments = registry.counter("rostrum.transcode.segments.closed");
    malformed = registry.counter("rostrum.transcode.source.malformed");
    revisions = registry.counter("rostrum.transcode.revisions");
    restarts = registry.counter("rostrum.transcode.owner.restarts");
    broadcasts = registry.gauge("rostrum.transcode.broadcasts", new AtomicInteger());
    longestLagMs = registry.gauge("rostrum.transcode.lag.longest.ms", new AtomicLong());
    segmentsWaiting = registry.gauge("rostrum.transcode.segments.waiting", new AtomicInteger());
    rungsLeftOut = registry.gauge("rostrum.transcode.rungs.left.out", new AtomicInteger());
  }

  /**
   * How the live broadcasts of this instance are doing together.
   *
   * @param lagMs how far the one that is furthest behind its publisher is behind
   * @param waiting closed segments that are not in the object store
   * @param leftOut encoded renditions that are left out because encoding does not keep up
   */
  public void live(long lagMs, int waiting, int leftOut) {
    longestLagMs.set(lagMs);
    segmentsWaiting.set(waiting);
    rungsLeftOut.set(leftOut);
  }

  /** A recording was gone over, and said to be. */
  public void revised() {
    revisions.increment();
  }

  /**
   * A part went to Kafka.
   *
   * @param receivedAtMs when ingest had the last byte of its last frame; 0 where unknown
   */
  public void partSent(String rendition, long receivedAtMs) {
    registry.counter("rostrum.transcode.parts", "rendition", rendition).increment();
    if (receivedAtMs > 0) {
      Timer.builder("rostrum.transcode.part.latency")
          .description(
              "From the last byte of a part's last frame in ingest to the part on its way to playback")
          .publishPercentiles(0.5, 0.99)
          .tag("rendition", rendition)
          .register(registry)
          .record(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - receivedAtMs)));
    }
  }

  /** A segment was closed. */
  public void segmentClosed() {
    segments.increment();
  }

  /** A segment was closed without media in a rendition. */
  public void gap(String rendition) {
    registry.counter("rostrum.transcode.gaps", "rendition", rendition).increment();
  }

  /** A source record could not be understood. */
  public void malformed() {
    malformed.increment();
  }

  /** The owner loop started again from the checkpoints. */
  public void restarted() {
    restarts.increment();
  }

  /** How many broadcasts this instance works on. */
  public void broadcasts(int count) {
    broadcasts.set(count);
  }
}

package io.rostrum.transcode.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

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
  private final AtomicInteger segmentsEncoding;
  private final AtomicReference<Double> slowestEncoding;
  private final Counter condemned;
  private final Timer storing;
  private final Timer committing;

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
    segmentsEncoding = registry.gauge("rostrum.transcode.codec.queue", new AtomicInteger());
    slowestEncoding = new AtomicReference<>(0.0);
    Gauge.builder("rostrum.transcode.codec.real.time.factor", slowestEncoding, AtomicReference::get)
        .description(
            "Seconds of media encoded per second of processor time, of the slowest live broadcast;"
                + " 0 where nothing is encoded")
        .register(registry);
    condemned = registry.counter("rostrum.transcode.codec.condemned");
    storing =
        Timer.builder("rostrum.transcode.store.latency")
            .description("From the close of a segment to its bytes in the object store")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    committing =
        Timer.builder("rostrum.transcode.commit.latency")
            .description("How long a transaction takes to end; nothing else is done meanwhile")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
  }

  /**
   * How the live broadcasts of this instance are doing together.
   *
   * @param lagMs how far the one that is furthest behind its publisher is behind
   * @param waiting closed segments that are not in the object store
   * @param leftOut encoded renditions that are left out because encoding does not keep up
   * @param encoding segments that codec children have not finished, the open ones too
   * @param realTimeFactor media seconds per second of encoding of the slowest; 0 for none
   */
  public void live(long lagMs, int waiting, int leftOut, int encoding, double realTimeFactor) {
    longestLagMs.set(lagMs);
    segmentsWaiting.set(waiting);
    rungsLeftOut.set(leftOut);
    segmentsEncoding.set(encoding);
    slowestEncoding.set(realTimeFactor);
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

  /** A segment was given up because codec children died of it. */
  public void condemned() {
    condemned.increment();
  }

  /**
   * A segment is in the object store.
   *
   * @param nanos since it was closed
   */
  public void segmentStored(long nanos) {
    storing.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * A transaction has ended.
   *
   * @param nanos that the owner loop waited for it
   */
  public void committed(long nanos) {
    committing.record(nanos, TimeUnit.NANOSECONDS);
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

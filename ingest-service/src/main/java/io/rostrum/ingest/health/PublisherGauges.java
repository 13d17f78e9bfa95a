package io.rostrum.ingest.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.contracts.health.HealthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The newest report of each publisher of this node as metrics with the broadcast's id for tag; gone
 * when the publisher is. Thread safe.
 */
final class PublisherGauges {

  private static final String PREFIX = "rostrum.ingest.publisher.";

  /** One broadcast's gauges and the report that they show. */
  private static final class Shown {
    private volatile HealthReport.Publisher report;
    private final List<Meter> meters = new ArrayList<>();

    double value(ToDoubleFunction<HealthReport.Publisher> of) {
      return of.applyAsDouble(report);
    }
  }

  private final MeterRegistry metrics;
  private final Map<String, Shown> shown = new ConcurrentHashMap<>();

  PublisherGauges(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void show(HealthReport.Publisher report) {
    shown.compute(
        report.broadcast(),
        (broadcast, known) -> {
          boolean superseded = known != null && known.report.since().isAfter(report.since());
          if (superseded) {
            return known;
          }
          if (known != null && !looksLike(known.report, report)) {
            remove(known);
            known = null;
          }
          if (!report.connected()) {
            if (known != null) {
              remove(known);
            }
            return null;
          }
          if (known == null) {
            known = new Shown();
            known.report = report;
            register(known);
          }
          known.report = report;
          return known;
        });
  }

  /** Whether the tags of one fit the other. */
  private static boolean looksLike(HealthReport.Publisher a, HealthReport.Publisher b) {
    return a.protocol().equals(b.protocol())
        && videoCodec(a).equals(videoCodec(b))
        && audioCodec(a).equals(audioCodec(b))
        && resolution(a).equals(resolution(b));
  }

  private void remove(Shown known) {
    known.meters.forEach(metrics::remove);
  }

  private void register(Shown to) {
    HealthReport.Publisher report = to.report;
    to.meters.add(
        Gauge.builder(PREFIX + "info", () -> 1)
            .description("What a publisher sends; always 1")
            .tag("broadcast", report.broadcast())
            .tag("protocol", report.protocol())
            .tag("video", videoCodec(report))
            .tag("audio", audioCodec(report))
            .tag("resolution", resolution(report))
            .register(metrics));
    gauge(to, "bits.per.second", "What came in over the last seconds", r -> r.bitsPerSecond());
    gauge(
        to,
        "video.frames.per.second",
        "Frames per second by their timestamps",
        r -> r.video() == null ? 0 : r.video().framesPerSecond());
    gauge(
        to,
        "video.bits.per.second",
        "Video alone",
        r -> r.video() == null ? 0 : r.video().bitsPerSecond());
    gauge(
        to,
        "audio.bits.per.second",
        "Audio alone",
        r -> r.audio() == null ? 0 : r.audio().bitsPerSecond());
    gauge(
        to,
        "keyframe.interval.seconds",
        "The longest of the last three intervals between keyframes",
        r -> r.video() == null ? 0 : r.video().keyframeIntervalSeconds());
    gauge(
        to,
        "av.drift.seconds",
        "How much later audio arrives than the video of the same time, beyond what it did at the"
            + " start",
        r -> r.audioAheadMs() / 1000.0);
    gauge(
        to,
        "dropped.frames",
        "Frames that could not be used",
        r ->
            (r.video() == null ? 0 : r.video().framesDropped())
                + (r.audio() == null ? 0 : r.audio().framesDropped()));
    gauge(to, "timestamp.jumps", "Jumps of the publisher's clock", r -> r.timestampJumps());
    gauge(to, "packets.lost", "Packets lost for good, WHIP only", r -> r.packetsLost());
    gauge(to, "round.trip.seconds", "0 where not known", r -> r.roundTripMs() / 1000);
    gauge(to, "warnings", "Warnings that the producer sees", r -> r.warnings().size());
  }

  private void gauge(
      Shown to, String name, String description, ToDoubleFunction<HealthReport.Publisher> value) {
    to.meters.add(
        Gauge.builder(PREFIX + name, to, s -> s.value(value))
            .description(description)
            .tag("broadcast", to.report.broadcast())
            .register(metrics));
  }

  private static String videoCodec(HealthReport.Publisher report) {
    return report.video() == null ? "none" : report.video().codec();
  }

  private static String audioCodec(HealthReport.Publisher report) {
    return report.audio() == null ? "none" : report.audio().codec();
  }

  private static String resolution(HealthReport.Publisher report) {
    return report.video() == null ? "none" : report.video().width() + "x" + report.video().height();
  }
}

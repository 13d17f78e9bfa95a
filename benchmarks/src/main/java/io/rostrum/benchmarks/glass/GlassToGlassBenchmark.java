package io.rostrum.benchmarks.glass;

import com.fasterxml.jackson.databind.JsonNode;
import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import io.rostrum.benchmarks.stack.ClockPublisher;
import io.rostrum.benchmarks.stack.WholeStack;
import io.rostrum.localstack.parts.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * How old the picture is that a viewer sees: ffmpeg publishes over RTMP with its clock burned in,
 * the whole stack runs with its ladder, the watch page plays in headless Chromium with TLS and
 * HTTP/2, and the clock is read from the frames as they are shown. All of it on one machine, so
 * there is one clock.
 */
public final class GlassToGlassBenchmark implements Benchmark {
  private static final int SECONDS = Integer.getInteger("rostrum.bench.seconds", 300);

  /** A viewer's first seconds: the player finds its distance. */
  private static final int SETTLE_SECONDS = 20;

  private static final List<String> PART_TARGETS =
      List.of(System.getProperty("rostrum.bench.part-targets", "500ms,330ms").split(","));

  @Override
  public String name() {
    return "glass-to-glass";
  }

  @Override
  public String question() {
    return "age of the picture in a browser, from RTMP through the ladder to hls.js; stalls";
  }

  @Override
  public Report run() throws Exception {
    Report report =
        new Report(
            "Age of the picture a viewer sees",
            "PART-TARGET",
            "p50 ms",
            "p95 ms",
            "least",
            "most",
            "first minute p50",
            "last minute p50",
            "stalls",
            "stalled ms",
            "frames dropped",
            "errors",
            "samples");
    for (String partTarget : PART_TARGETS) {
      measure(partTarget, report);
    }
    return report
        .note("%d s each, after %d s of playing; a frame every 200 ms", SECONDS, SETTLE_SECONDS)
        .note("1280x720 at 30 frames/s, 2.5 Mb/s, x264 veryfast zerolatency, an IDR every 2 s")
        .note("publisher, whole stack and browser on the same cores, software decoding");
  }

  private static void measure(String partTarget, Report report) throws Exception {
    try (WholeStack stack = WholeStack.start(Map.of("ROSTRUM_INGEST_PART_TARGET", partTarget))) {
      WholeStack.Broadcast broadcast = stack.broadcast("Glass to glass");
      try (ClockPublisher publisher = ClockPublisher.start(broadcast.rtmpUrl());
          WatchPage page = WatchPage.open(stack.secureOrigin() + "/watch/" + broadcast.id())) {
        page.await(
            "!!window.rostrum?.video && !!window.rostrum.hls && !window.rostrum.video.paused"
                + " && window.rostrum.video.currentTime > 0.5");
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        publisher.check();
        page.evaluate(reader(publisher.originMs()));
        TimeUnit.SECONDS.sleep(SECONDS);
        publisher.check();
        JsonNode seen =
            page.evaluate("({...glass, dropped: glass.dropped(), errors: rostrum.errors})");
        page.screenshot(
            Checkout.locate().resolve("target/bench/glass-to-glass-" + partTarget + ".png"));
        row(report, partTarget, seen);
        System.err.print(report.table());
      }
    }
  }

  private static String reader(long originMs) throws IOException {
    try (InputStream script = GlassToGlassBenchmark.class.getResourceAsStream("read-clock.js")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return text.replace("ORIGIN_MS", Long.toString(originMs))
          .replace("BITS", Integer.toString(ClockPublisher.BITS))
          .replace("BLOCK", Integer.toString(ClockPublisher.BLOCK))
          .replace("WIDTH", Integer.toString(ClockPublisher.WIDTH))
          .replace("HEIGHT", Integer.toString(ClockPublisher.HEIGHT));
    }
  }

  private static void row(Report report, String partTarget, JsonNode seen) throws IOException {
    double[] inOrder =
        StreamSupport.stream(seen.get("ages").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    if (inOrder.length == 0) {
      throw new IOException("no frame could be read: " + seen);
    }
    double[] ages = inOrder.clone();
    java.util.Arrays.sort(ages);
    int minute = Math.max(1, Math.min(inOrder.length, 60 * inOrder.length / SECONDS));
    report.row(
        partTarget,
        Spread.percentile(ages, 50),
        Spread.percentile(ages, 95),
        ages[0],
        ages[ages.length - 1],
        median(inOrder, 0, minute),
        median(inOrder, inOrder.length - minute, inOrder.length),
        seen.get("stalls").size(),
        seen.get("stalledMs").asInt(),
        seen.get("dropped").asInt(),
        seen.get("errors").size(),
        inOrder.length);
    report.note(
        "%s: heights shown %s, unreadable %d, hls.js last says latency %.2f s of %.2f s, errors %s",
        partTarget,
        seen.get("heights"),
        seen.get("unreadable").asInt(),
        seen.get("latencies").get(inOrder.length - 1).asDouble(),
        seen.get("targets").get(inOrder.length - 1).asDouble(),
        seen.get("errors"));
    for (JsonNode stall : seen.get("stalls")) {
      report.note(
          "%s: stall, seconds ahead of the playhead and ms before it: %s", partTarget, stall);
    }
  }

  private static double median(double[] values, int from, int to) {
    double[] part = java.util.Arrays.copyOfRange(values, from, to);
    java.util.Arrays.sort(part);
    return Spread.percentile(part, 50);
  }
}

package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import io.rostrum.benchmarks.stack.ClockPublisher;
import io.rostrum.benchmarks.stack.WholeStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Low-latency viewers of one broadcast, audio and video, on blocking reload: more and more of them
 * until parts come too late; a fixed number while a ladder is encoded beside; and the memory of
 * clients that are held. The viewers run in this process, on the same cores.
 */
public final class ViewersBenchmark implements Benchmark {
  private static final List<Integer> VIEWERS =
      Arrays.stream(System.getProperty("rostrum.bench.viewers", "250,500,1000").split(","))
          .map(Integer::valueOf)
          .toList();

  /** Behind those, so many more each time until it is too much. */
  private static final int STEP = Integer.getInteger("rostrum.bench.viewers-step", 500);

  private static final int MOST_VIEWERS = 6000;
  private static final int BESIDE_LADDER =
      Integer.getInteger("rostrum.bench.viewers-beside-ladder", 500);
  private static final double LATE_MS = 300;
  private static final int HELD = Integer.getInteger("rostrum.bench.held", 10_000);
  private static final int WARM_UP_MS = 6_000;
  private static final int MEASURED_MS = 1000 * Integer.getInteger("rostrum.bench.seconds", 12);
  private static final int PART_BYTES = 31_250; // half a megabit per second of video
  private static final long PATIENCE_MS = 60_000;

  @Override
  public String name() {
    return "playback-viewers";
  }

  @Override
  public String question() {
    return "parts to low-latency viewers in time, where that ends, and heap per held client";
  }

  @Override
  public Report run() throws Exception {
    Report report =
        new Report(
            "Low-latency viewers of one broadcast, audio and video, generator on the same cores",
            "viewers",
            "beside",
            "requests/s",
            "MB/s",
            "part p50 ms",
            "p99 ms",
            "most ms",
            "early",
            "errors",
            "server CPU cores",
            "us/request");
    try (PlaybackServer playback = PlaybackServer.start();
        Feed feed = playback.feed()) {
      ramp(playback, feed, report);
    }
    besideLadder(report);
    try (PlaybackServer playback = PlaybackServer.start();
        Feed feed = playback.feed()) {
      hold(playback, feed, report);
    }
    return report;
  }

  private static void ramp(PlaybackServer playback, Feed feed, Report report) throws Exception {
    int good = 0;
    for (int i = 0; ; i++) {
      int viewers =
          i < VIEWERS.size()
              ? VIEWERS.get(i)
              : VIEWERS.get(VIEWERS.size() - 1) + STEP * (i - VIEWERS.size() + 1);
      if (viewers > MOST_VIEWERS) {
        report.note("no knee up to %d viewers", good);
        return;
      }
      double p99 = follow(playback, feed, viewers, "nothing", report);
      if (p99 < 0 || p99 > LATE_MS) {
        report.note(
            "the knee: %d viewers have a p99 within %.0f ms and no error, %d have not",
            good, LATE_MS, viewers);
        return;
      }
      good = viewers;
    }
  }

  private static void besideLadder(Report report) throws Exception {
    try (WholeStack stack = WholeStack.start(Map.of())) {
      WholeStack.Broadcast broadcast = stack.broadcast("Ladder beside");
      try (ClockPublisher publisher = ClockPublisher.start(broadcast.rtmpUrl());
          PlaybackServer playback = PlaybackServer.of(stack);
          Feed feed = playback.feed()) {
        playback.await("/hls/" + broadcast.id() + "/480p.m3u8", "480p/1.m4s");
        follow(playback, feed, BESIDE_LADDER, "a ladder", report);
        publisher.check();
      }
    }
  }

  /** Gives the 99th percentile, or -1 where something went wrong. */
  private static double follow(
      PlaybackServer playback, Feed feed, int viewers, String beside, Report report)
      throws Exception {
    Feed.Event event = feed.event(PART_BYTES);
    for (long msn = 0; msn < 5; msn++) {
      event.segment(msn);
    }
    feed.flush();
    playback.await(event.path("source.m3u8"), "source/4.m4s");
    Thread live = new Thread(() -> event.live(5), "feed");
    live.setDaemon(true);
    try (ViewerSwarm swarm = new ViewerSwarm(playback.port(), event.path(""))) {
      swarm.join(viewers, 5, 0, true);
      live.start();
      swarm.run(WARM_UP_MS, false);
      Usage before = playback.usage();
      swarm.run(MEASURED_MS, true);
      Usage after = playback.usage();
      ViewerSwarm.Samples seen = swarm.samples();
      if (swarm.firstError() != null) {
        System.err.println("first error: " + swarm.firstError());
      }
      double[] ms = seen.sortedPartMs();
      if (ms.length == 0) {
        throw new IOException("no part came: " + swarm.firstError());
      }
      double seconds = MEASURED_MS / 1000.0;
      long requests = seen.playlists + seen.parts;
      double p99 = Spread.percentile(ms, 99);
      report.row(
          viewers,
          beside,
          requests / seconds,
          seen.bytes / seconds / 1e6,
          Spread.percentile(ms, 50),
          p99,
          ms[ms.length - 1],
          seen.early,
          seen.errors,
          after.coresSince(before),
          1e6 * (after.cpuSeconds() - before.cpuSeconds()) / requests);
      return seen.errors == 0 ? p99 : -1;
    } finally {
      live.interrupt();
      live.join();
    }
  }

  private static void hold(PlaybackServer playback, Feed feed, Report report) throws Exception {
    Feed.Event event = feed.event(PART_BYTES);
    event.segment(0);
    event.open(1);
    feed.flush();
    playback.await(event.path("source.m3u8"), "source/0.m4s");
    List<Long> heap = new ArrayList<>();
    heap.add(playback.liveHeapBytes());
    try (ViewerSwarm swarm = new ViewerSwarm(playback.port(), event.path(""))) {
      swarm.join(HELD, 1, 0, false);
      long deadline = System.nanoTime() + 1_000_000 * PATIENCE_MS;
      String metric = "rostrum_playback_requests_held " + (double) HELD;
      while (!new String(playback.get("/q/metrics").body()).contains(metric)) {
        swarm.run(100, false);
        // Nothing may be held for longer than 18 s.
        if (System.nanoTime() > deadline) {
          throw new IOException("not all are held; raise the limit of open files (ulimit -n)");
        }
      }
      heap.add(playback.liveHeapBytes());
      event.part(1, 0);
      feed.flush();
      while (swarm.answered() < HELD && System.nanoTime() < deadline) {
        swarm.run(50, false);
      }
      report.note(
          "%d clients held: %.1f KB of heap each; %d answered, %d errors",
          HELD,
          (heap.get(1) - heap.get(0)) / 1024.0 / HELD,
          swarm.answered(),
          swarm.samples().errors);
    }
  }
}

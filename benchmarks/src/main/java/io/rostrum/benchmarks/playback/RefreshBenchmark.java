package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one more refresh costs in minute 10 and in hour 24: a delta update per request. */
public final class RefreshBenchmark implements Benchmark {
  private static final int ROUNDS = Integer.getInteger("rostrum.bench.rounds", 5);
  private static final int SECONDS = Integer.getInteger("rostrum.bench.seconds", 3);
  private static final int CONNECTIONS = 16;
  private static final int PART_BYTES = 4_000;
  private static final int SECONDS_PER_HOUR = 3600;

  /** Names and lengths in seconds. */
  private static final Map<String, Integer> LENGTHS = lengths();

  private static Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    lengths.put("10 min", 600);
    lengths.put("2 h", 2 * SECONDS_PER_HOUR);
    lengths.put("8 h", 8 * SECONDS_PER_HOUR);
    lengths.put("24 h", 24 * SECONDS_PER_HOUR);
    return lengths;
  }

  @Override
  public String name() {
    return "playback-refresh";
  }

  @Override
  public String question() {
    return "CPU and bytes of one playlist refresh of events of 10 min, 2 h, 8 h and 24 h";
  }

  @Override
  public Report run() throws Exception {
    Report report =
        new Report(
            "One refresh of a live playlist",
            "event",
            "segments",
            "delta bytes, gzip",
            "full bytes, gzip",
            "CPU us per refresh",
            "least",
            "most",
            "refreshes/s");
    Map<String, Double> cpu = new LinkedHashMap<>();
    try (PlaybackServer playback = PlaybackServer.start();
        Feed feed = playback.feed()) {
      Map<String, Feed.Event> events = new LinkedHashMap<>();
      for (Map.Entry<String, Integer> length : LENGTHS.entrySet()) {
        events.put(length.getKey(), prepare(playback, feed, segments(length.getValue())));
      }
      Map<String, List<Double>> micros = new LinkedHashMap<>();
      Map<String, List<Double>> rates = new LinkedHashMap<>();
      for (int round = -1; round < ROUNDS; round++) {
        for (Map.Entry<String, Feed.Event> entry : events.entrySet()) {
          Usage before = playback.usage();
          Wrk.Result result =
              Wrk.run(
                  playback.address(entry.getValue().path("source.m3u8?_HLS_skip=YES")),
                  CONNECTIONS,
                  SECONDS);
          Usage after = playback.usage();
          if (round >= 0) { // the first round is for the compiler
            micros
                .computeIfAbsent(entry.getKey(), any -> new ArrayList<>())
                .add(1e6 * (after.cpuSeconds() - before.cpuSeconds()) / result.requests());
            rates.computeIfAbsent(entry.getKey(), any -> new ArrayList<>()).add(result.perSecond());
          }
        }
      }
      for (Map.Entry<String, Feed.Event> entry : events.entrySet()) {
        Spread spread = Spread.of(micros.get(entry.getKey()));
        cpu.put(entry.getKey(), spread.median());
        String playlist = entry.getValue().path("source.m3u8");
        report.row(
            entry.getKey(),
            segments(LENGTHS.get(entry.getKey())),
            playback.get(playlist + "?_HLS_skip=YES", "Accept-Encoding", "gzip").body().length,
            playback.get(playlist, "Accept-Encoding", "gzip").body().length,
            spread.median(),
            spread.least(),
            spread.most(),
            Spread.of(rates.get(entry.getKey())).median());
      }
    }
    return report
        .note("24 h: %.2f times the CPU of 10 min", cpu.get("24 h") / cpu.get("10 min"))
        .note("median of %d rounds of %d s", ROUNDS, SECONDS);
  }

  private static int segments(int seconds) {
    return seconds / Feed.SEGMENT_SECONDS;
  }

  private static Feed.Event prepare(PlaybackServer playback, Feed feed, int segments)
      throws Exception {
    Feed.Event event = feed.event(PART_BYTES);
    for (long msn = 0; msn < segments - 3; msn++) {
      event.recorded(msn);
    }
    for (long msn = segments - 3L; msn < segments; msn++) {
      event.segment(msn);
    }
    event.open(segments);
    event.part(segments, 0);
    feed.flush();
    playback.await(event.path("source.m3u8"), "/" + segments + ".0.m4s");
    return event;
  }
}

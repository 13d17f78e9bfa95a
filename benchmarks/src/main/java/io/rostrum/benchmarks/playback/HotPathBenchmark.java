package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests/s, MB/s and, steadier, server CPU per request and per MB; beside nginx with files. */
public final class HotPathBenchmark implements Benchmark {
  private static final int ROUNDS = Integer.getInteger("rostrum.bench.rounds", 5);
  private static final int SECONDS = Integer.getInteger("rostrum.bench.seconds", 3);
  private static final int CONNECTIONS = 16;
  private static final int PART_BYTES = 62_500; // segments of 500 KB
  private static final double MB = 1e6;

  @FunctionalInterface
  private interface Cost {
    Usage now() throws Exception;
  }

  /** What is asked for, and who pays. */
  private record Target(String name, String server, String address, long bytes, Cost cost) {}

  private record Sample(double perSecond, double cpuMicros) {}

  @Override
  public String name() {
    return "playback";
  }

  @Override
  public String question() {
    return "CPU per live playlist and per MB of segment, beside nginx with the same bytes";
  }

  @Override
  public Report run() throws Exception {
    try (PlaybackServer playback = PlaybackServer.start();
        StaticServer nginx = StaticServer.start();
        Feed feed = playback.feed()) {
      Feed.Event event = feed.event(PART_BYTES);
      for (long msn = 0; msn < 40; msn++) {
        event.segment(msn);
      }
      event.open(40);
      event.part(40, 0);
      feed.flush();
      playback.await(event.path("source.m3u8"), "40.0.m4s");
      List<Target> targets = new ArrayList<>();
      add(targets, playback, nginx, "playlist, delta", event, "source.m3u8?_HLS_skip=YES");
      add(targets, playback, nginx, "playlist, full", event, "source.m3u8");
      add(targets, playback, nginx, "segment, spool", event, "source/38.m4s");
      add(targets, playback, nginx, "part, memory", event, "source/39.5.m4s");
      for (Target target : targets) { // a JVM compiles what is hot
        measure(target);
      }
      Map<Target, List<Sample>> samples = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Target target : targets) {
          samples.computeIfAbsent(target, any -> new ArrayList<>()).add(measure(target));
        }
      }
      return report(samples);
    }
  }

  private static void add(
      List<Target> targets,
      PlaybackServer playback,
      StaticServer nginx,
      String name,
      Feed.Event event,
      String path)
      throws Exception {
    String file = name.replaceAll("[^a-z]+", "-") + (path.contains(".m3u8") ? ".m3u8" : ".m4s");
    byte[] plain = playback.get(event.path(path)).body();
    byte[] sent = playback.get(event.path(path), "Accept-Encoding", "gzip").body();
    String address = nginx.put(file, plain);
    if (sent.length != plain.length) {
      nginx.put(file + ".gz", sent);
    }
    targets.add(new Target(name, "nginx", address, sent.length, nginx::usage));
    targets.add(
        new Target(
            name, "playback", playback.address(event.path(path)), sent.length, playback::usage));
  }

  private static Sample measure(Target target) throws Exception {
    Usage before = target.cost().now();
    Wrk.Result result = Wrk.run(target.address(), CONNECTIONS, SECONDS);
    Usage after = target.cost().now();
    double cpu = after.cpuSeconds() - before.cpuSeconds();
    return new Sample(result.perSecond(), 1e6 * cpu / result.requests());
  }

  private static Report report(Map<Target, List<Sample>> samples) {
    Report report =
        new Report(
            "Playback over HTTP/1.1 on loopback, " + CONNECTIONS + " connections",
            "what",
            "server",
            "bytes",
            "requests/s",
            "MB/s",
            "CPU us/request",
            "least",
            "most",
            "CPU us/MB");
    Map<String, Double> nginx = new LinkedHashMap<>();
    List<String> ratios = new ArrayList<>();
    samples.forEach(
        (target, of) -> {
          Spread cpu = Spread.of(of.stream().map(Sample::cpuMicros).toList());
          Spread rate = Spread.of(of.stream().map(Sample::perSecond).toList());
          report.row(
              target.name(),
              target.server(),
              target.bytes(),
              rate.median(),
              rate.median() * target.bytes() / MB,
              cpu.median(),
              cpu.least(),
              cpu.most(),
              cpu.median() * MB / target.bytes());
          if (target.server().equals("nginx")) {
            nginx.put(target.name(), cpu.median());
          } else {
            ratios.add(
                "%s: %.2f times the CPU of nginx"
                    .formatted(target.name(), cpu.median() / nginx.get(target.name())));
          }
        });
    ratios.forEach(ratio -> report.note("%s", ratio));
    return report.note("median of %d rounds of %d s", ROUNDS, SECONDS);
  }
}

package io.rostrum.benchmarks.ingest;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** CPU and memory per stream of 2.5 Mb/s, for 1, 20 and 100 publishers. */
public final class IngestBenchmark implements Benchmark {
  private static final List<Integer> PUBLISHERS =
      Arrays.stream(System.getProperty("rostrum.bench.publishers", "1,20,100").split(","))
          .map(Integer::valueOf)
          .toList();
  private static final int MOST = 100;
  private static final int WARM_UP_SECONDS = 8;
  private static final int MEASURED_SECONDS = Integer.getInteger("rostrum.bench.seconds", 20);

  /** How long a JVM serves the whole load before anything counts: C2 is done by then. */
  private static final int COMPILED_AFTER_SECONDS = 60;

  private static final int CLIP_SECONDS =
      Math.max(COMPILED_AFTER_SECONDS, WARM_UP_SECONDS + MEASURED_SECONDS) + 15;
  private static final int ROUNDS = Integer.getInteger("rostrum.bench.rounds", 3);
  private static final double MIB = 1024 * 1024;

  /**
   * @param cores share of a core that the server used
   * @param otherCores share of a core that its broker used
   * @param residentBytes of the server
   * @param lateMs by how much the load fell behind, at the worst
   */
  private record Sample(double cores, double otherCores, long residentBytes, long lateMs) {}

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String question() {
    return "CPU and memory per RTMP publisher of 2.5 Mb/s into the source topic, beside nginx-rtmp";
  }

  @Override
  public Report run() throws Exception {
    Path folder = Files.createTempDirectory("rostrum-bench-load-");
    Path clip = folder.resolve("clip.flv");
    Clip.make(clip, CLIP_SECONDS);
    Map<String, Map<Integer, List<Sample>>> samples = new LinkedHashMap<>();
    try (NginxTarget nginx = NginxTarget.start(MOST);
        RostrumTarget rostrum = RostrumTarget.start(MOST)) {
      List<Target> targets = List.of(nginx, rostrum);
      measure(rostrum, MOST, folder, clip, COMPILED_AFTER_SECONDS - WARM_UP_SECONDS);
      for (int round = 0; round < ROUNDS; round++) {
        for (int count : PUBLISHERS) {
          for (Target target : targets) {
            System.err.printf(
                "round %d of %d: %d publishers to %s%n", round + 1, ROUNDS, count, target.name());
            samples
                .computeIfAbsent(target.name(), any -> new LinkedHashMap<>())
                .computeIfAbsent(count, any -> new ArrayList<>())
                .add(measure(target, count, folder, clip, MEASURED_SECONDS));
          }
        }
      }
    } finally {
      Files.deleteIfExists(clip);
      Files.deleteIfExists(folder.resolve("keys"));
      Files.deleteIfExists(folder);
    }
    return report(samples);
  }

  private static Sample measure(Target target, int count, Path folder, Path clip, int seconds)
      throws IOException, InterruptedException {
    Path keys = folder.resolve("keys");
    Files.write(keys, target.keys().subList(0, count));
    Process load =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PublisherLoad.class.getName(),
                Integer.toString(target.rtmpPort()),
                target.app(),
                keys.toString(),
                clip.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(load.getInputStream(), StandardCharsets.US_ASCII))) {
      if (!"publishing".equals(said.readLine())) {
        throw new IOException("the publishers were not let in by " + target.name());
      }
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      Usage before = target.usage();
      Usage othersBefore = target.othersUsage();
      TimeUnit.SECONDS.sleep(seconds);
      Usage after = target.usage();
      Usage othersAfter = target.othersUsage();
      load.getOutputStream().write('\n');
      load.getOutputStream().flush();
      String late = said.readLine();
      if (late == null || !late.startsWith("late ")) {
        throw new IOException("the load on " + target.name() + " broke off");
      }
      load.waitFor();
      Sample sample =
          new Sample(
              after.coresSince(before),
              othersAfter.coresSince(othersBefore),
              after.residentBytes(),
              Long.parseLong(late.substring("late ".length())));
      System.err.printf(
          "%d publishers to %s: %.4f %% of a core each, %d MiB in all, at most %d ms late%n",
          count,
          target.name(),
          100 * sample.cores() / count,
          sample.residentBytes() >> 20,
          sample.lateMs());
      return sample;
    } finally {
      load.destroyForcibly();
    }
  }

  private static Report report(Map<String, Map<Integer, List<Sample>>> samples) {
    Report report =
        new Report(
            "RTMP ingest, H.264 720p30 + AAC of 2.5 Mb/s per publisher",
            "server",
            "publishers",
            "CPU % of a core per stream",
            "least",
            "most",
            "MiB",
            "MiB per stream",
            "broker CPU % per stream",
            "load late ms");
    Map<Integer, Map<String, Double>> medians = new LinkedHashMap<>();
    samples.forEach(
        (name, byCount) ->
            byCount.forEach(
                (count, of) -> {
                  Spread cpu = Spread.of(of.stream().map(s -> 100 * s.cores() / count).toList());
                  Spread broker =
                      Spread.of(of.stream().map(s -> 100 * s.otherCores() / count).toList());
                  Spread memory = Spread.of(of.stream().map(s -> s.residentBytes() / MIB).toList());
                  long late = of.stream().mapToLong(Sample::lateMs).max().orElse(0);
                  medians
                      .computeIfAbsent(count, any -> new LinkedHashMap<>())
                      .put(name, cpu.median());
                  report.row(
                      name,
                      count,
                      cpu.median(),
                      cpu.least(),
                      cpu.most(),
                      memory.median(),
                      memory.median() / count,
                      broker.median(),
                      late);
                }));
    medians.forEach(
        (count, byName) ->
            report.note(
                "%d publishers: CPU per stream %.2f times nginx-rtmp's",
                count, byName.get("rostrum") / byName.get("nginx-rtmp")));
    report.note(
        "median of %d rounds of %d s; the broker's CPU is not in the server's",
        ROUNDS, MEASURED_SECONDS);
    return report;
  }
}

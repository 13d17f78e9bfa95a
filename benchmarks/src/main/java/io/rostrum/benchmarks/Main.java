package io.rostrum.benchmarks;

import io.rostrum.benchmarks.encoding.LadderBenchmark;
import io.rostrum.benchmarks.encoding.TwoHoursBenchmark;
import io.rostrum.benchmarks.glass.GlassToGlassBenchmark;
import io.rostrum.benchmarks.ingest.IngestBenchmark;
import io.rostrum.benchmarks.latency.PartLatencyBenchmark;
import io.rostrum.benchmarks.overload.FourBroadcastsBenchmark;
import io.rostrum.benchmarks.playback.HotPathBenchmark;
import io.rostrum.benchmarks.playback.RefreshBenchmark;
import io.rostrum.benchmarks.playback.SeekBenchmark;
import io.rostrum.benchmarks.playback.ViewersBenchmark;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.localstack.parts.Checkout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs benchmarks: all, or those named on the command line. */
public final class Main {
  private static final List<Benchmark> ALL =
      List.of(
          new IngestBenchmark(),
          new HotPathBenchmark(),
          new RefreshBenchmark(),
          new SeekBenchmark(),
          new ViewersBenchmark(),
          new GlassToGlassBenchmark(),
          new LadderBenchmark(),
          new PartLatencyBenchmark(),
          new TwoHoursBenchmark(),
          new FourBroadcastsBenchmark());

  private Main() {}

  /**
   * @param names of benchmarks; all of them if there is none
   */
  public static void main(String[] names) throws Exception {
    List<String> unknown =
        Arrays.stream(names)
            .filter(name -> ALL.stream().noneMatch(each -> each.name().equals(name)))
            .toList();
    if (!unknown.isEmpty()) {
      System.err.printf(
          "There is no benchmark %s. There are:%n%s%n",
          String.join(", ", unknown),
          ALL.stream()
              .map(each -> "  %-18s %s".formatted(each.name(), each.question()))
              .collect(Collectors.joining("\n")));
      System.exit(2);
    }
    boolean missing = false;
    for (Benchmark benchmark : ALL) {
      if (names.length == 0 || List.of(names).contains(benchmark.name())) {
        missing |= !run(benchmark);
      }
    }
    // Clients and pools of what was measured may have left threads behind.
    System.exit(missing ? 1 : 0);
  }

  private static boolean run(Benchmark benchmark) throws Exception {
    System.err.printf("%n%s: %s%n", benchmark.name(), benchmark.question());
    try {
      Report report = benchmark.run();
      System.out.print(report.table());
      Path file =
          report.write(Checkout.locate().resolve("target/bench/" + benchmark.name() + ".json"));
      System.err.println("Written to " + Checkout.locate().relativize(file));
      return true;
    } catch (MissingProgram e) {
      System.err.println("Not run: " + e.getMessage());
      return false;
    }
  }
}

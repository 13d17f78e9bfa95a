package io.rostrum.benchmarks.latency;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.ingest.Clip;
import io.rostrum.benchmarks.ingest.Publisher;
import io.rostrum.benchmarks.ingest.RostrumTarget;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long after its last frame a part is with playback: from the moment at which the system took
 * that frame's last byte from an RTMP publisher, to its arrival at a reader of the media topic.
 * Beside it the same for the records between ingest and transcode. A part that nobody waits for
 * cannot be measured wrong: every record counts once the first half a minute is over.
 */
public final class PartLatencyBenchmark implements Benchmark {
  private static final int CLIP_SECONDS = Integer.getInteger("rostrum.bench.latency.seconds", 150);
  private static final int VIDEO_FRAME_TICKS = 3000;
  private static final int AUDIO_FRAME_TICKS = 1024;
  private static final int AUDIO_HZ = 48_000;

  /**
   * The first segment waits for the ladder, and two JVMs compile what is hot, on the cores that
   * encode: what counts is a broadcast that has been running for a while. Single parts of encoded
   * renditions may still be late for another minute: a method that ingest's or the broker's JVM
   * compiles takes a core for 0.2 s, and encoding gives way to everything else.
   */
  private static final long WARM_UP_MS = 30_000;

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST_MS = 150;

  @Override
  public String name() {
    return "part-latency";
  }

  @Override
  public String question() {
    return "milliseconds from a part's last byte at the publisher's socket to the media topic";
  }

  @Override
  public Report run() throws Exception {
    Path folder = Files.createTempDirectory("rostrum-bench-latency-");
    Path file = folder.resolve("clip.flv");
    try {
      Clip.make(file, CLIP_SECONDS);
      Clip clip = Clip.read(file);
      try (RostrumTarget ingest = RostrumTarget.start(1);
          TranscodeServer transcode = TranscodeServer.start(ingest.bootstrapServers())) {
        return measure(clip, ingest, transcode);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static Report measure(Clip clip, RostrumTarget ingest, TranscodeServer transcode)
      throws Exception {
    SentFrames video = new SentFrames();
    SentFrames audio = new SentFrames();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Arrivals arrivals =
        new Arrivals(
            ingest.bootstrapServers(),
            video,
            audio,
            VIDEO_FRAME_TICKS,
            AUDIO_FRAME_TICKS,
            AUDIO_HZ,
            WARM_UP_MS,
            MOST_MS)) {
      Usage before = transcode.usage();
      Future<Long> publishing = thread.submit(() -> publish(clip, ingest, new Sent(video, audio)));
      while (!publishing.isDone()) {
        arrivals.poll();
      }
      double cores = transcode.usage().coresSince(before);
      long end = System.nanoTime() + DRAIN_NANOS;
      while (System.nanoTime() < end) {
        arrivals.poll();
      }
      return report(arrivals, late(publishing), cores);
    } finally {
      thread.shutdownNow();
    }
  }

  private record Sent(SentFrames video, SentFrames audio) {
    void message(Clip.Timed message) {
      if (message.frame()) {
        (message.video() ? video : audio).add(message);
      }
    }
  }

  /** Sends the clip at its own pace; returns by how much it fell behind at the worst, in ms. */
  private static long publish(Clip clip, RostrumTarget ingest, Sent sent)
      throws IOException, InterruptedException {
    try (Publisher publisher =
        new Publisher(ingest.rtmpPort(), ingest.app(), ingest.keys().get(0), clip, sent::message)) {
      long start = System.nanoTime();
      publisher.startAt(start);
      long end = start + TimeUnit.MILLISECONDS.toNanos(clip.durationMs());
      long worst = 0;
      for (long now = start; now < end; now = System.nanoTime()) {
        worst = Math.max(worst, publisher.sendDue(now));
        // Pacing is what this loop is for; nothing is waited for here.
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return worst;
    }
  }

  private static long late(Future<Long> publishing) throws Exception {
    try {
      return publishing.get();
    } catch (ExecutionException e) {
      throw new IOException("publishing broke off", e.getCause());
    }
  }

  private static Report report(Arrivals arrivals, long lateMs, double cores) {
    Report report =
        new Report(
            "From the publisher's socket to the topics, 720p30 + AAC, ms",
            "what",
            "count",
            "p50",
            "p90",
            "p99",
            "most");
    StringBuilder over = new StringBuilder();
    arrivals
        .latenciesMs()
        .forEach(
            (what, values) -> {
              double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
              double p99 = Spread.percentile(sorted, 99);
              report.row(
                  what,
                  sorted.length,
                  Spread.percentile(sorted, 50),
                  Spread.percentile(sorted, 90),
                  p99,
                  sorted[sorted.length - 1]);
              if (what.startsWith("parts") && p99 > MOST_MS) {
                over.append(over.isEmpty() ? "" : ", ").append(what);
              }
            });
    report.note(
        "p99 of parts: at most %d ms are wanted: %s",
        MOST_MS, over.isEmpty() ? "kept" : "NOT KEPT by " + over);
    report.note(
        "a frame's length is known when the next one comes: 33 ms of each figure for pictures");
    report.note(
        "the publisher fell behind by %d ms at most; transcode used %.2f cores", lateMs, cores);
    return report;
  }
}

package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs one segment through a {@link SegmentJob} and keeps what comes out of each rung. */
final class SegmentRun {
  /** An encoded frame as it left. */
  record Frame(long time, int duration, boolean sync, byte[] data) {}

  final Map<String, List<Frame>> frames = new ConcurrentHashMap<>();
  private final Ladder ladder;

  private SegmentRun(Ladder ladder) {
    this.ladder = ladder;
  }

  static Rung rung(String name, int width, int height, FrameRate rate) {
    int interval = 2 * rate.numerator() / rate.denominator();
    return new Rung(name, width, height, rate, 23, 1500, 1500, interval, "veryfast", "high", 31);
  }

  static SegmentRun of(TestVideo.Clip clip, long start, long end, Rung... rungs) {
    return of(clip.input(), clip.samples(), start, end, WorkerLimits.DEFAULT, rungs);
  }

  static SegmentRun of(
      VideoInput input,
      List<WorkerRequest.Sample> samples,
      long start,
      long end,
      WorkerLimits limits,
      Rung... rungs) {
    SegmentRun run = new SegmentRun(Ladder.probe(List.of(rungs)));
    EncodedSink sink =
        (msn, rung, time, duration, sample) ->
            run.frames
                .computeIfAbsent(rung, name -> new ArrayList<>())
                .add(new Frame(time, duration, sample.sync(), sample.data()));
    try (SegmentJob job =
        new SegmentJob(
            new WorkerRequest.BeginSegment(7, start), input, run.ladder, null, limits, sink)) {
      samples.forEach(job::sample);
      job.end(end);
    }
    return run;
  }

  byte[] avcC(String rung) {
    return ladder.rungs().stream()
        .filter(e -> e.rung().name().equals(rung))
        .findFirst()
        .orElseThrow()
        .avcC();
  }

  List<TestVideo.Shown> shown(Rung rung) {
    return TestVideo.decode(avcC(rung.name()), rung.width(), rung.height(), samples(rung));
  }

  List<Integer> numbers(Rung rung) {
    return shown(rung).stream().map(TestVideo.Shown::number).toList();
  }

  List<WorkerRequest.Sample> samples(Rung rung) {
    return frames.get(rung.name()).stream()
        .map(f -> new WorkerRequest.Sample(f.time(), f.time(), f.sync(), f.data()))
        .toList();
  }
}

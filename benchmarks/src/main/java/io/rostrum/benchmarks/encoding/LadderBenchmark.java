package io.rostrum.benchmarks.encoding;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.MissingProgram;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a ladder costs: 1080p30 to 720p, 480p and 240p, and its AAC to AAC, in the codec child
 * segment by segment, and in one continuous run of ffmpeg with the same libraries and settings.
 * Both count from their start to their end, so the start of the two JVMs is in it: 0.75 s that a
 * broadcast has once. The clip is a minute long, so that what is compared is the encoding.
 */
public final class LadderBenchmark implements Benchmark {
  private static final int CLIP_SECONDS = Integer.getInteger("rostrum.bench.ladder.seconds", 60);
  private static final int ROUNDS = Integer.getInteger("rostrum.bench.ladder.rounds", 5);
  private static final int SEGMENT_KEYFRAMES = 2;
  private static final int KEYFRAME_INTERVAL = 60;
  private static final int AUDIO_KBPS = 128;
  private static final double MOST_TIMES_FFMPEG = 1.10;

  /** As the ladder of a broadcast has them: RungTemplate in transcode-service. */
  private static final List<Rung> RUNGS =
      List.of(
          rung("720p", 1280, 720, 23, 2800, "high", 31),
          rung("480p", 854, 480, 23, 1400, "main", 31),
          rung("240p", 426, 240, 24, 500, "main", 30));

  private static Rung rung(
      String name, int width, int height, int crf, int kbps, String profile, int level) {
    return new Rung(
        name,
        width,
        height,
        new FrameRate(Talk.FRAMES_PER_SECOND, 1),
        crf,
        kbps,
        kbps,
        KEYFRAME_INTERVAL,
        Rung.DEFAULT_PRESET,
        profile,
        level);
  }

  /**
   * @param cpuSeconds of all its processes
   * @param bytes of media that came out
   */
  private record Run(double cpuSeconds, long bytes) {}

  @Override
  public String name() {
    return "ladder";
  }

  @Override
  public String question() {
    return "CPU of the ladder 1080p30 to 720p, 480p, 240p and AAC, beside ffmpeg's command line";
  }

  @Override
  public Report run() throws Exception {
    Path folder = Files.createTempDirectory("rostrum-bench-ladder-");
    Path clip = folder.resolve("talk.flv");
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    double seconds;
    try {
      Talk.make(clip, CLIP_SECONDS);
      Talk talk = Talk.read(clip);
      seconds = talk.seconds();
      for (int round = 0; round < ROUNDS; round++) {
        Run their = ffmpeg(clip, folder);
        Run our = children(talk);
        System.err.printf(
            "round %d of %d: ffmpeg %.2f CPU s, codec children %.2f, %.3f times as much%n",
            round + 1,
            ROUNDS,
            their.cpuSeconds(),
            our.cpuSeconds(),
            our.cpuSeconds() / their.cpuSeconds());
        theirs.add(their);
        ours.add(our);
      }
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    return report(ours, theirs, seconds);
  }

  private static Run children(Talk talk) throws IOException, InterruptedException, MissingProgram {
    try (CodecChild pictures = CodecChild.start();
        CodecChild sound = CodecChild.start()) {
      encodePictures(talk, pictures);
      encodeSound(talk, sound);
      long bytes = pictures.mediaBytes() + sound.mediaBytes();
      return new Run(pictures.cpuSeconds() + sound.cpuSeconds(), bytes);
    }
  }

  private static void encodePictures(Talk talk, CodecChild child)
      throws IOException, InterruptedException {
    child.send(new WorkerRequest.Configure(talk.video(), RUNGS, WorkerLimits.DEFAULT));
    List<WorkerRequest.Sample> samples = talk.samples();
    int from = 0;
    for (int msn = 0; from < samples.size(); msn++) {
      int to = from;
      for (int keyframes = 0; to < samples.size(); to++) {
        if (samples.get(to).sync() && ++keyframes > SEGMENT_KEYFRAMES) {
          break;
        }
      }
      child.send(new WorkerRequest.BeginSegment(msn, samples.get(from).ptsTicks()));
      long endTicks = 0;
      for (WorkerRequest.Sample sample : samples.subList(from, to)) {
        child.send(sample);
        endTicks = Math.max(endTicks, sample.ptsTicks() + Talk.frameTicks());
      }
      boolean last = to == samples.size();
      child.send(new WorkerRequest.EndSegment(msn, last ? endTicks : samples.get(to).ptsTicks()));
      child.awaitSegment();
      from = to;
    }
  }

  private static void encodeSound(Talk talk, CodecChild child)
      throws IOException, InterruptedException {
    AudioOutput output = new AudioOutput(Talk.SAMPLE_RATE, 2, AUDIO_KBPS);
    child.send(new WorkerRequest.ConfigureAudio(talk.audio(), output, WorkerLimits.DEFAULT));
    int preRoll = framesIn(AudioOutput.PRE_ROLL_MS);
    int postRoll = framesIn(AudioOutput.POST_ROLL_MS);
    int perSegment = framesIn(4000);
    int count = talk.frames().size();
    for (int from = 0, msn = 0; from < count; from += perSegment, msn++) {
      int to = Math.min(count, from + perSegment);
      child.send(new WorkerRequest.BeginAudio(msn, ticks(from)));
      for (int i = Math.max(0, from - preRoll); i < Math.min(count, to + postRoll); i++) {
        child.send(new WorkerRequest.AudioSample(ticks(i), talk.frames().get(i)));
      }
      child.send(new WorkerRequest.EndAudio(msn, ticks(to)));
      child.awaitSegment();
    }
  }

  private static int framesIn(int ms) {
    return ms * Talk.SAMPLE_RATE / 1000 / AudioOutput.SAMPLES_PER_FRAME;
  }

  private static long ticks(int frame) {
    return (long) frame * AudioOutput.SAMPLES_PER_FRAME;
  }

  private static Run ffmpeg(Path clip, Path folder) throws IOException, InterruptedException {
    Path program = Ffmpeg.program();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("-nostdin", "-v", "error", "-y", "-threads", "1"));
    command.addAll(List.of("-filter_threads", "1", "-filter_complex_threads", "1"));
    command.addAll(List.of("-i", clip.toString(), "-filter_complex", chain()));
    List<Path> outputs = new ArrayList<>();
    for (Rung rung : RUNGS) {
      outputs.add(folder.resolve(rung.name() + ".mp4"));
      command.addAll(List.of("-map", "[" + rung.name() + "]", "-c:v", "libx264", "-threads", "1"));
      command.addAll(List.of("-preset", rung.preset(), "-tune", "zerolatency"));
      command.addAll(List.of("-profile:v", rung.profile()));
      command.addAll(List.of("-level", Integer.toString(rung.levelIdc())));
      command.addAll(List.of("-crf", Integer.toString(rung.crf())));
      command.addAll(List.of("-maxrate", rung.maxBitrateKbps() + "k"));
      command.addAll(List.of("-bufsize", rung.bufferKbits() + "k", "-flags", "+cgop+bitexact"));
      command.addAll(List.of("-g", Integer.toString(KEYFRAME_INTERVAL)));
      command.addAll(
          List.of(
              "-x264-params",
              "scenecut=0:min-keyint=60:force-cfr=1:sliced-threads=0:cpu-independent=1"));
      command.add(outputs.get(outputs.size() - 1).toString());
    }
    outputs.add(folder.resolve("audio.mp4"));
    command.addAll(List.of("-map", "0:a", "-c:a", "aac", "-b:a", AUDIO_KBPS + "k"));
    command.add(folder.resolve("audio.mp4").toString());
    try (TimedProgram run = TimedProgram.start(command, program.getParent())) {
      double cpuSeconds = run.cpuSeconds();
      long bytes = 0;
      for (Path output : outputs) {
        bytes += Files.size(output);
      }
      return new Run(cpuSeconds, bytes);
    }
  }

  /** Each from the one before, as the child does it. */
  private static String chain() {
    StringBuilder chain = new StringBuilder();
    String from = "0:v";
    for (Rung rung : RUNGS) {
      boolean last = rung == RUNGS.get(RUNGS.size() - 1);
      chain.append(
          "[%s]scale=%d:%d:flags=bicubic+accurate_rnd+bitexact%s[%s]"
              .formatted(from, rung.width(), rung.height(), last ? "" : ",split", rung.name()));
      from = "from" + rung.name();
      chain.append(last ? "" : "[" + from + "];");
    }
    return chain.toString();
  }

  private static Report report(List<Run> ours, List<Run> theirs, double seconds) {
    Report report =
        new Report(
            "1080p30 to 720p, 480p, 240p (x264 veryfast) and AAC, %.0f s".formatted(seconds),
            "program",
            "CPU s",
            "least",
            "most",
            "cores at real time",
            "kb/s");
    double ratio =
        row(report, "codec children", ours, seconds) / row(report, "ffmpeg", theirs, seconds);
    report.note(
        "%.2f times ffmpeg's CPU time; at most %.2f is wanted: %s",
        ratio, MOST_TIMES_FFMPEG, ratio <= MOST_TIMES_FFMPEG ? "kept" : "NOT KEPT");
    report.note(
        "median of %d runs each, alternating; the children's with the start of their two JVMs",
        ROUNDS);
    return report;
  }

  private static double row(Report report, String name, List<Run> runs, double seconds) {
    Spread cpu = Spread.of(runs.stream().map(Run::cpuSeconds).toList());
    report.row(
        name,
        cpu.median(),
        cpu.least(),
        cpu.most(),
        cpu.median() / seconds,
        Math.round(runs.get(0).bytes() * 8 / seconds / 1000));
    return cpu.median();
  }
}

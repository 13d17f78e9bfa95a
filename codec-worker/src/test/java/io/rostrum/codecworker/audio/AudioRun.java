package io.rostrum.codecworker.audio;

import io.rostrum.codecworker.libav.AacEncoder;
import io.rostrum.codecworker.libav.TestAudio;
import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;

/** Runs segments' audio through {@link AudioJob}s and keeps what comes out. */
final class AudioRun {
  static final int FRAME = AudioOutput.SAMPLES_PER_FRAME;

  final List<byte[]> units = new ArrayList<>();
  final List<Long> times = new ArrayList<>();

  private AudioRun() {}

  static AudioRun empty() {
    return new AudioRun();
  }

  /** What came early lies behind the segment's end: it is the next segment's. */
  void dropFrom(long end) {
    while (!times.isEmpty() && times.get(times.size() - 1) >= end) {
      times.remove(times.size() - 1);
      units.remove(units.size() - 1);
    }
  }

  static byte[] config(AudioOutput output) {
    try (AacEncoder encoder = new AacEncoder(output)) {
      return encoder.config();
    }
  }

  static AudioRun segment(
      TestAudio.Clip clip, AudioOutput output, long start, long end, int preRollFrames) {
    return segment(clip.input(), clip.samples(), output, start, end, preRollFrames);
  }

  /** One segment: of the samples, what the protocol asks a parent to send. */
  static AudioRun segment(
      AudioInput input,
      List<WorkerRequest.AudioSample> samples,
      AudioOutput output,
      long start,
      long end,
      int preRollFrames) {
    AudioRun run = new AudioRun();
    int timescale = input == null ? output.sampleRate() : input.timescale();
    long from = SoundLine.rescale(start, timescale, output.sampleRate());
    long to = SoundLine.rescale(end, timescale, output.sampleRate());
    try (AudioJob job =
        new AudioJob(
            new WorkerRequest.BeginAudio(1, start),
            input,
            output,
            config(output),
            WorkerLimits.DEFAULT,
            (ticks, data) -> {
              run.times.add(ticks);
              run.units.add(data);
            },
            preRollFrames)) {
      for (WorkerRequest.AudioSample sample : samples) {
        if (sample.ptsTicks() >= from - timescale * AudioOutput.PRE_ROLL_MS / 1000
            && sample.ptsTicks() < to + timescale * AudioOutput.POST_ROLL_MS / 1000) {
          job.sample(sample);
        }
      }
      job.end(end);
    }
    run.dropFrom(end);
    return run;
  }

  /** Segments one after the other, each by itself. */
  static AudioRun segments(
      TestAudio.Clip clip,
      AudioOutput output,
      long start,
      int framesEach,
      int count,
      int preRollFrames) {
    AudioRun all = new AudioRun();
    for (int i = 0; i < count; i++) {
      long from = start + (long) i * framesEach * FRAME;
      AudioRun one = segment(clip, output, from, from + (long) framesEach * FRAME, preRollFrames);
      all.times.addAll(one.times);
      all.units.addAll(one.units);
    }
    return all;
  }
}

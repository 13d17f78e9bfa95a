package io.rostrum.codecworker;

import io.rostrum.codecworker.h264.ParameterSets;
import io.rostrum.codecworker.libav.AacEncoder;
import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.VideoEncoder;
import io.rostrum.codecworker.segment.Ladder;
import io.rostrum.codecworker.segment.SegmentJob;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.List;

/**
 * Encodes a third of a second of nothing. A child that waits for a broadcast does this beforehand,
 * so that classes and libraries are loaded and touched when the first picture comes. It leaves
 * nothing behind that a segment's bytes could depend on: every segment has decoders and encoders of
 * its own.
 */
final class Rehearsal {
  private static final int FRAMES = 10;
  private static final int FRAME_TICKS = 3000;
  private static final Rung SOURCE = rung("source", 640, 360);
  private static final List<Rung> RUNGS = List.of(rung("large", 426, 240), rung("small", 320, 180));
  private static final AudioOutput AUDIO = new AudioOutput(48_000, 2, 128);

  private Rehearsal() {}

  /**
   * Returns when it is done.
   *
   * @throws RuntimeException if this build cannot encode
   */
  static void run() {
    try (VideoEncoder encoder = new VideoEncoder(SOURCE);
        Picture picture = new Picture(SOURCE.width(), SOURCE.height());
        SegmentJob job =
            new SegmentJob(
                new WorkerRequest.BeginSegment(0, 0),
                input(encoder.parameterSets()),
                Ladder.probe(RUNGS),
                null,
                WorkerLimits.DEFAULT,
                (msn, rung, timeOut, durationOut, sample) -> {})) {
      for (int slot = 0; slot < FRAMES; slot++) {
        ParameterSets.Sample sample = encoder.encode(picture, slot);
        long ticks = (long) slot * FRAME_TICKS;
        job.sample(new WorkerRequest.Sample(ticks, ticks, sample.sync(), sample.data()));
      }
      job.end((long) FRAMES * FRAME_TICKS);
    }
    try (AacEncoder encoder = new AacEncoder(AUDIO)) {
      encoder.encode(new float[AUDIO.channels()][AudioOutput.SAMPLES_PER_FRAME]);
    }
  }

  private static VideoInput input(ParameterSets parameterSets) {
    return new VideoInput(
        VideoInput.H264, parameterSets.toAvcC(), SOURCE.width(), SOURCE.height(), 90_000);
  }

  private static Rung rung(String name, int width, int height) {
    return new Rung(
        name,
        width,
        height,
        new FrameRate(30, 1),
        23,
        1000,
        1000,
        60,
        Rung.DEFAULT_PRESET,
        "high",
        31);
  }
}

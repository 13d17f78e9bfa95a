package io.rostrum.codecworker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.TestAudio;
import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sound in every codec through real segments, and what is heard of it. */
class AudioJobTest {
  private static final int FRAME = AudioOutput.SAMPLES_PER_FRAME;
  private static final AudioOutput OUTPUT = new AudioOutput(48_000, 2, 128);
  private static final long START = 48_000 + 30L * FRAME;
  private static final long END = START + 93L * FRAME;

  @BeforeAll
  static void load() {
    Libav.load();
  }

  @ParameterizedTest
  @CsvSource({
    "aac,44100,2",
    "aac,48000,1",
    "aac,22050,1",
    "opus,48000,2",
    "ac3,48000,6",
    "eac3,44100,2",
    "flac,96000,2",
    "flac,44100,1",
    "mp3,44100,2"
  })
  void codec_ofAPublication_isHeardWhenItWasSaid(String codec, int rate, int channels) {
    TestAudio.Clip clip = TestAudio.clip(codec, rate, channels, 1, 4, TestAudio.sweep());

    AudioRun run = AudioRun.segment(clip, OUTPUT, START, END, 4);

    assertThat(run.times).hasSize(93).first().isEqualTo(START);
    float[][] heard = TestAudio.decode(AudioRun.config(OUTPUT), OUTPUT, run.units);
    // What encoders put in front is in the times of the samples, as publishers send them.
    assertThat(lag(heard[0], START)).as("samples late").isBetween(-48, 48);
  }

  @Test
  void samples_readInAnyPortions_giveTheSameBytes() {
    TestAudio.Clip clip = TestAudio.clip("opus", 48_000, 2, 1, 6, TestAudio.voice());
    AudioRun once = AudioRun.segment(clip, OUTPUT, START + 93L * FRAME, END + 93L * FRAME, 4);

    // More pre-roll and post-roll than asked for, as a worker that reads from further back has.
    List<WorkerRequest.AudioSample> samples = clip.samples();
    AudioRun again = new AudioRunOfAll(clip.input(), samples).segment(START + 93L * FRAME);

    assertThat(again.times).isEqualTo(once.times);
    for (int i = 0; i < once.units.size(); i++) {
      assertThat(again.units.get(i)).as("frame %s", i).isEqualTo(once.units.get(i));
    }
  }

  @Test
  void hole_inTheSource_isSilenceOfTheSameLength() {
    TestAudio.Clip clip = TestAudio.clip("opus", 48_000, 2, 1, 4, TestAudio.sweep());
    long holeFrom = START + 30L * FRAME;
    long holeTo = START + 50L * FRAME;
    List<WorkerRequest.AudioSample> lossy =
        clip.samples().stream()
            .filter(s -> s.ptsTicks() < holeFrom || s.ptsTicks() >= holeTo)
            .toList();

    AudioRun run = AudioRun.segment(clip.input(), lossy, OUTPUT, START, END, 4);

    assertThat(run.times).hasSize(93);
    float[][] heard = TestAudio.decode(AudioRun.config(OUTPUT), OUTPUT, run.units);
    assertThat(level(heard, 20)).isGreaterThan(0.2);
    for (int frame = 33; frame < 48; frame++) {
      assertThat(level(heard, frame)).as("frame %s", frame).isLessThan(0.001);
    }
    assertThat(level(heard, 60)).isGreaterThan(0.2);
    assertThat(lag(heard[0], START, 60 * FRAME)).isBetween(-5, 5);
  }

  @Test
  void nothing_atAll_isSilenceOnTheGrid_atOnceWhereTheParentSaysSo() {
    List<WorkerRequest.AudioSample> marks = new ArrayList<>();
    for (long at = START; at <= END + 4 * FRAME; at += 4800) {
      marks.add(new WorkerRequest.AudioSample(at, new byte[0]));
    }
    AudioRun marked = AudioRun.segment(null, marks, OUTPUT, START, END, 4);
    AudioRun unmarked = AudioRun.segment(null, List.of(), OUTPUT, START, END, 4);

    assertThat(marked.times).hasSize(93).isEqualTo(unmarked.times);
    assertThat(marked.units).usingRecursiveComparison().isEqualTo(unmarked.units);
    float[][] heard = TestAudio.decode(AudioRun.config(OUTPUT), OUTPUT, marked.units);
    for (int frame = 0; frame < 93; frame++) {
      assertThat(level(heard, frame)).isLessThan(0.0001);
    }
  }

  @Test
  void publication_thatStartsOrEndsInMidSegment_isSilentBeforeAndAfter() {
    TestAudio.Clip clip = TestAudio.clip("aac", 48_000, 2, 2, 0.5, TestAudio.tone(500));

    AudioRun run = AudioRun.segment(clip, OUTPUT, START, END, 4);

    assertThat(run.times).hasSize(93);
    float[][] heard = TestAudio.decode(AudioRun.config(OUTPUT), OUTPUT, run.units);
    assertThat(level(heard, 2)).isLessThan(0.001);
    assertThat(level(heard, 26)).isGreaterThan(0.2);
    assertThat(level(heard, 60)).isLessThan(0.001);
  }

  @Test
  void frames_comeAsSoonAsTheSourceIsAFewFramesFurther() {
    TestAudio.Clip clip = TestAudio.clip("opus", 48_000, 2, 1, 4, TestAudio.voice());
    List<Long> out = new ArrayList<>();
    try (AudioJob job =
        new AudioJob(
            new WorkerRequest.BeginAudio(1, START),
            clip.input(),
            OUTPUT,
            AudioRun.config(OUTPUT),
            io.rostrum.contracts.codec.WorkerLimits.DEFAULT,
            (ticks, data) -> out.add(ticks))) {
      for (WorkerRequest.AudioSample sample : clip.samples()) {
        job.sample(sample);
        long knownTo = sample.ptsTicks() + 960;
        if (knownTo > START + 4 * FRAME && knownTo < START + 90L * FRAME) {
          assertThat(out.get(out.size() - 1) + 4L * FRAME)
              .as("what follows the last frame out, at %s", knownTo)
              .isGreaterThan(knownTo - FRAME);
        }
      }
    }
  }

  @Test
  void rate_otherThanDeclared_theStreamHasTheLastWord() {
    // As with HE-AAC, whose decoder makes twice what the configuration says.
    TestAudio.Clip clip = TestAudio.clip("aac", 24_000, 2, 1, 4, TestAudio.sweep());
    AudioInput claimed =
        new AudioInput("aac", clip.input().decoderConfig(), 48_000, 2, clip.input().timescale());

    AudioRun run = AudioRun.segment(claimed, clip.samples(), OUTPUT, START, END, 4);

    float[][] heard = TestAudio.decode(AudioRun.config(OUTPUT), OUTPUT, run.units);
    assertThat(lag(heard[0], START)).isBetween(-5, 5);
  }

  @Test
  void segment_thatEndsBetweenFrames_isRefused() {
    assertThatThrownBy(() -> AudioRun.segment(null, List.of(), OUTPUT, START, START + 1000, 4))
        .hasMessageContaining("not a whole number of frames");
  }

  private record AudioRunOfAll(AudioInput input, List<WorkerRequest.AudioSample> samples) {
    AudioRun segment(long start) {
      AudioRun run = AudioRun.empty();
      try (AudioJob job =
          new AudioJob(
              new WorkerRequest.BeginAudio(1, start),
              input,
              OUTPUT,
              AudioRun.config(OUTPUT),
              io.rostrum.contracts.codec.WorkerLimits.DEFAULT,
              (ticks, data) -> {
                run.times.add(ticks);
                run.units.add(data);
              })) {
        samples.forEach(job::sample);
        job.end(start + 93L * FRAME);
      }
      run.dropFrom(start + 93L * FRAME);
      return run;
    }
  }

  private static double level(float[][] heard, int frame) {
    double sum = 0;
    for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
      sum += heard[0][i] * heard[0][i];
    }
    return Math.sqrt(sum / FRAME);
  }

  private static int lag(float[] heard, long start) {
    return lag(heard, start, 20 * FRAME);
  }

  /** By how many samples the sound comes late, where it fits best within 20 ms. */
  private static int lag(float[] heard, long start, int from) {
    TestAudio.Sound sound = TestAudio.sweep();
    int best = 0;
    double bestFit = -1;
    for (int lag = -960; lag <= 960; lag++) {
      double fit = 0;
      for (int i = from; i < from + 4 * FRAME; i++) {
        fit += heard[i] * sound.at((double) (start + i - lag) / 48_000, 0);
      }
      if (fit > bestFit) {
        bestFit = fit;
        best = lag;
      }
    }
    return best;
  }
}

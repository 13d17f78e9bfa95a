package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.OtherVideo;
import io.rostrum.codecworker.libav.TestAudio;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invariant 8 over every codec: a seeded corpus of broken segments against a real worker, each of
 * which ends in frames or a reason. {@code -Drostrum.corpus.inputs} says how many of each codec.
 */
class CorpusTest {
  private static final int INPUTS = Integer.getInteger("rostrum.corpus.inputs", 8);
  private static final int FRAMES = 15;
  private static final long END = FRAMES * 3000L;
  private static final AudioOutput OUTPUT = new AudioOutput(48_000, 2, 128);
  private static final long AUDIO_START = 48_000 + 10_240;
  private static final long AUDIO_END = AUDIO_START + 20 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {VideoInput.H264, VideoInput.HEVC, VideoInput.AV1, VideoInput.VP8, VideoInput.VP9})
  void video_broken_givesFramesOrAReason(String codec) throws Exception {
    TestVideo.Spec spec = TestVideo.Spec.of(320, 180, TestVideo.times(0, FRAMES, 90_000, 30, 1));
    TestVideo.Clip clip =
        codec.equals(VideoInput.H264)
            ? TestVideo.clip(spec)
            : OtherVideo.clip(codec, spec, false, 0);
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(clip.input(), WorkerLimits.DEFAULT, List.of(Ladders.P240));
      for (int seed = 0; seed < INPUTS; seed++) {
        Random random = new Random(seed);
        List<WorkerRequest.Sample> broken = new ArrayList<>();
        for (WorkerRequest.Sample sample : clip.samples()) {
          broken.add(
              new WorkerRequest.Sample(
                  sample.ptsTicks(),
                  sample.dtsTicks(),
                  sample.sync(),
                  broken(sample.data(), seed, random)));
        }
        worker.send(seed, 0, END, broken);
        List<WorkerReply> replies = worker.segment();
        assertThat(replies.get(replies.size() - 1))
            .as("seed %s", seed)
            .isInstanceOfAny(WorkerReply.SegmentDone.class, WorkerReply.SegmentFailed.class);
      }
      worker.send(INPUTS, 0, END, clip.samples());
      assertThat(worker.segment()).as("a good one after all that").hasSize(FRAMES + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aac", "opus", "ac3", "eac3", "flac", "mp3"})
  void audio_broken_givesFramesOrAReason(String codec) throws Exception {
    TestAudio.Clip clip = TestAudio.clip(codec, 48_000, 2, 1, 1, TestAudio.voice());
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.send(new WorkerRequest.ConfigureAudio(clip.input(), OUTPUT, WorkerLimits.DEFAULT));
      worker.next(WorkerReply.AudioReady.class);
      for (int seed = 0; seed <= INPUTS; seed++) {
        Random random = new Random(seed);
        worker.requests.write(new WorkerRequest.BeginAudio(seed, AUDIO_START));
        for (WorkerRequest.AudioSample sample : clip.samples()) {
          byte[] data = seed == INPUTS ? sample.data() : broken(sample.data(), seed, random);
          worker.requests.write(new WorkerRequest.AudioSample(sample.ptsTicks(), data));
        }
        worker.send(new WorkerRequest.EndAudio(seed, AUDIO_END));
        List<Long> times = new ArrayList<>();
        WorkerReply reply = worker.next();
        while (reply instanceof WorkerReply.EncodedAudio frame) {
          times.add(frame.ptsTicks());
          reply = worker.next();
        }
        assertThat(reply)
            .as("seed %s", seed)
            .isInstanceOfAny(WorkerReply.AudioDone.class, WorkerReply.AudioFailed.class);
        if (reply instanceof WorkerReply.AudioDone) {
          times.removeIf(ticks -> ticks >= AUDIO_END);
          assertThat(times).as("the whole grid, whatever was broken").hasSize(20);
        }
      }
    }
  }

  /** A few bits, a percent of them, cut short, or noise; more the higher the seed's kind. */
  private static byte[] broken(byte[] good, int seed, Random random) {
    byte[] data = good.clone();
    int kind = seed % 4;
    if (kind == 3 && random.nextInt(4) == 0) {
      return Arrays.copyOf(data, random.nextInt(data.length + 1));
    }
    if (kind == 2 && random.nextInt(4) == 0) {
      random.nextBytes(data);
      return data;
    }
    int flips = kind == 0 ? random.nextInt(2) : Math.max(1, data.length * 8 / 100 / 8);
    for (int i = 0; i < flips && data.length > 0; i++) {
      data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return data;
  }
}

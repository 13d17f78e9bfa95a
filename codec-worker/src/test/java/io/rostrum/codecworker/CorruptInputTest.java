package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Invariant 8: whatever a segment holds, it gives frames or a reason, the same ones each time, and
 * the next one is well.
 */
class CorruptInputTest {
  private static final int SEEDS = 120;
  private static final TestVideo.Clip CLIP =
      TestVideo.clip(
          TestVideo.Spec.of(320, 180, TestVideo.times(0, 30, 90_000, 30, 1)).withBFrames(2));

  @Test
  void bitFlips_anywhere_giveFramesOrAReason_andTheSameAgain() throws Exception {
    List<Object> first = new ArrayList<>();
    List<Object> second = new ArrayList<>();
    for (List<Object> outcomes : List.of(first, second)) {
      try (WorkerProcess worker = WorkerProcess.start()) {
        worker.next(WorkerReply.Ready.class);
        worker.configure(CLIP.input(), WorkerLimits.DEFAULT, List.of(Ladders.P240));
        for (int seed = 0; seed < SEEDS; seed++) {
          worker.send(seed, 0, 90_000, flipped(seed));
          outcomes.add(outcome(worker.segment(), seed));
        }
        worker.send(SEEDS, 0, 90_000, CLIP.samples());
        assertThat(worker.segment()).hasSize(31).endsWith(new WorkerReply.SegmentDone(SEEDS));
      }
    }
    assertThat(second).isEqualTo(first);
    assertThat(first).filteredOn(o -> o instanceof String).as("some are beyond help").isNotEmpty();
    assertThat(first).filteredOn(o -> o instanceof Map).as("some are concealed").isNotEmpty();
  }

  @Test
  void decoderConfiguration_flipped_isRefusedOrDecodes() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      Random random = new Random(7);
      for (int seed = 0; seed < 60; seed++) {
        byte[] config = CLIP.input().decoderConfig().clone();
        config[random.nextInt(config.length)] ^= (byte) (1 << random.nextInt(8));
        VideoInput input = new VideoInput(VideoInput.H264, config, 320, 180, 90_000);
        worker.send(
            new WorkerRequest.Configure(input, List.of(Ladders.P240), WorkerLimits.DEFAULT));
        if (worker.next() instanceof WorkerReply.RungReady) {
          worker.send(seed, 0, 90_000, CLIP.samples());
          assertThat(outcome(worker.segment(), seed)).isNotNull();
        }
      }
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, List.of(Ladders.P240));
      worker.send(99, 0, 90_000, CLIP.samples());
      assertThat(worker.segment()).hasSize(31);
    }
  }

  /** A whole segment's hashes, or the reason why there is none. */
  private static Object outcome(List<WorkerReply> replies, long msn) throws Exception {
    WorkerReply last = replies.get(replies.size() - 1);
    if (last instanceof WorkerReply.SegmentFailed failed) {
      assertThat(failed.msn()).isEqualTo(msn);
      return failed.reason();
    }
    assertThat(last).isEqualTo(new WorkerReply.SegmentDone(msn));
    assertThat(replies).hasSize(31);
    return Ladders.hashes(replies);
  }

  /**
   * Seed 0 to 39: a few bits; to 79: a tenth of a percent; beyond: the IDR's bits as well, samples
   * cut, dropped or doubled.
   */
  private static List<WorkerRequest.Sample> flipped(int seed) {
    Random random = new Random(seed);
    List<WorkerRequest.Sample> samples = new ArrayList<>();
    for (int i = 0; i < CLIP.samples().size(); i++) {
      WorkerRequest.Sample sample = CLIP.samples().get(i);
      byte[] data = sample.data().clone();
      int flips = seed < 40 ? random.nextInt(2) : Math.max(1, data.length / (seed < 80 ? 125 : 12));
      for (int flip = 0; flip < flips && (i > 0 || seed >= 40); flip++) {
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
      }
      long pts = sample.ptsTicks();
      if (seed >= 80) {
        int kind = random.nextInt(8);
        if (kind == 0) {
          continue;
        } else if (kind == 1) {
          data = java.util.Arrays.copyOf(data, random.nextInt(data.length + 1));
        } else if (kind == 2) {
          pts = Math.max(0, pts + (random.nextInt(7) - 3) * 3000L);
        }
      }
      samples.add(
          new WorkerRequest.Sample(Math.min(pts, 87_000), sample.dtsTicks(), sample.sync(), data));
      if (seed >= 110) {
        samples.add(samples.get(samples.size() - 1));
      }
    }
    return samples;
  }
}

package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Invariant 2: a rendition of a segment is a pure function of its source segment, whoever encodes
 * it and after what.
 */
class DeterminismTest {
  private static final long START = 900_000;
  private static final long END = START + 360_000;
  private static final TestVideo.Clip CLIP =
      TestVideo.clip(
          TestVideo.Spec.of(1280, 720, TestVideo.times(START, 120, 90_000, 30, 1)).withBFrames(2));
  private static final TestVideo.Clip OTHER =
      TestVideo.clip(
          TestVideo.Spec.of(640, 480, TestVideo.times(5_000, 50, 1000, 25, 1)).withTimescale(1000));

  @Test
  void segment_otherProcessOtherChunksOtherHistory_sameBytes() throws Exception {
    Map<String, String> expected;
    List<WorkerReply.RungReady> ready;
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      ready = worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
      worker.send(3, START, END, CLIP.samples());
      expected = Ladders.hashes(worker.segment());
      assertThat(expected).containsOnlyKeys("360p", "240p");

      worker.send(3, START, END, CLIP.samples());
      assertThat(Ladders.hashes(worker.segment())).isEqualTo(expected);
    }
    try (WorkerProcess worker = WorkerProcess.startSpare()) {
      worker.next(WorkerReply.Ready.class);
      assertThat(worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO))
          .isEqualTo(ready);
      worker.send(3, START, END, CLIP.samples());
      assertThat(Ladders.hashes(worker.segment())).isEqualTo(expected);
      worker.send(new WorkerRequest.Shutdown());
      assertThat(worker.exitCode()).isZero();
      assertThat(worker.log()).contains("rehearsed");
    }
    try (WorkerProcess worker = WorkerProcess.start("-Xint")) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(OTHER.input(), WorkerLimits.DEFAULT, Ladders.TWO);
      worker.send(2, 5_000, 7_000, OTHER.samples());
      assertThat(Ladders.hashes(worker.segment())).doesNotContainValue(expected.get("360p"));
      worker.send(new WorkerRequest.BeginSegment(3, 5_000));
      worker.send(OTHER.samples().get(0));
      worker.send(new WorkerRequest.EndSegment(3, 5_000));
      worker.next(WorkerReply.SegmentFailed.class);

      assertThat(worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO))
          .isEqualTo(ready);
      inChunks(worker, 977);
      assertThat(Ladders.hashes(worker.segment())).isEqualTo(expected);
    }
  }

  /** The same segment, written so that frames of the protocol and chunks of the pipe never meet. */
  private static void inChunks(WorkerProcess worker, int chunkBytes) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (WorkerRequests.Writer writer = new WorkerRequests.Writer(all)) {
      writer.write(new WorkerRequest.BeginSegment(3, START));
      for (WorkerRequest.Sample sample : CLIP.samples()) {
        writer.write(sample);
      }
      writer.write(new WorkerRequest.EndSegment(3, END));
    }
    byte[] bytes = all.toByteArray();
    for (int at = 0; at < bytes.length; at += chunkBytes) {
      worker.rawInput.write(bytes, at, Math.min(chunkBytes, bytes.length - at));
      worker.rawInput.flush();
    }
  }
}

package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerProtocol;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The process and its manners: what it says, how it ends, and that it outlives bad segments but not
 * its parent.
 */
class WorkerProcessTest {
  /** Takes many seconds for each second of the clip. */
  private static final Rung SLOW =
      new Rung(
          "slow", 1920, 1080, new FrameRate(30, 1), 10, 90_000, 90_000, 60, "placebo", "high", 51);

  private static final TestVideo.Clip CLIP =
      TestVideo.clip(TestVideo.Spec.of(640, 360, TestVideo.times(0, 30, 90_000, 30, 1)));

  @Test
  void worker_wholeConversation_saysWhatThePackagePictureSays() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      WorkerReply.Ready ready = worker.next(WorkerReply.Ready.class);
      assertThat(ready.protocolVersion()).isEqualTo(WorkerProtocol.VERSION);
      assertThat(ready.build())
          .matches("libavcodec \\d+\\.\\d+\\.\\d+, lib(x264|openh264), L?GPL.*");
      assertThat(ready.cpuFeatures()).isNotBlank();

      assertThat(worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO))
          .extracting(WorkerReply.RungReady::rung)
          .containsExactly("360p", "240p");
      worker.send(0, 0, 90_000, CLIP.samples());
      List<WorkerReply> replies = worker.segment();
      assertThat(replies).hasSize(61).endsWith(new WorkerReply.SegmentDone(0));

      worker.send(new WorkerRequest.Shutdown());
      assertThat(worker.exitCode()).isZero();
      assertThat(worker.end()).isEqualTo("end of stream");
      assertThat(worker.log().lines())
          .allMatch(line -> line.matches("(INFO |WARN |ERROR) codec-worker: .*"));
    }
  }

  @Test
  void shutdown_withWorkQueued_finishesItFirst() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
      worker.send(0, 0, 90_000, CLIP.samples());
      worker.send(new WorkerRequest.Shutdown());
      worker.requests.close();

      assertThat(worker.segment()).hasSize(61);
      assertThat(worker.exitCode()).isZero();
    }
  }

  @Test
  void standardInput_endsWhileBusy_workerEndsAtOnce() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, List.of(SLOW));
      for (int msn = 0; msn < 20; msn++) {
        worker.send(msn, 0, 90_000, CLIP.samples());
      }
      worker.next(WorkerReply.Encoded.class);
      worker.requests.close();

      assertThat(worker.exitCode()).isZero();
      // 20 segments of a placebo encode would take minutes; far from all can have come.
      int encoded = 1;
      while (worker.end() instanceof WorkerReply) {
        encoded++;
      }
      assertThat(encoded).isLessThan(300);
    }
  }

  @Test
  void segment_abandonedWhileOpenOrQueued_isNotEncoded_andTheNextOneIs() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, List.of(SLOW));
      for (int msn = 0; msn < 20; msn++) {
        worker.send(msn, 0, 90_000, CLIP.samples());
      }
      worker.send(new WorkerRequest.Configure(CLIP.input(), Ladders.TWO, WorkerLimits.DEFAULT));
      worker.send(20, 0, 90_000, CLIP.samples());
      worker.next(WorkerReply.Encoded.class);
      for (int msn = 0; msn < 20; msn++) {
        worker.send(new WorkerRequest.AbandonSegment(msn));
      }

      int encoded = 0;
      int failed = 0;
      WorkerReply reply = worker.next();
      while (!(reply instanceof WorkerReply.RungReady)) {
        if (reply instanceof WorkerReply.SegmentFailed failure) {
          assertThat(failure.msn()).isEqualTo(failed++);
          assertThat(failure.reason()).contains("abandoned");
        } else {
          encoded++;
        }
        reply = worker.next();
      }
      assertThat(failed).isEqualTo(20);
      // What the encoder had of the first one's 30 frames; nothing of the others.
      assertThat(encoded).isLessThan(30);
      worker.next(WorkerReply.RungReady.class);
      assertThat(worker.segment()).hasSize(61).endsWith(new WorkerReply.SegmentDone(20));
    }
  }

  @Test
  void segment_overItsTime_endsTheWorkerWithItsOwnCode() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), new WorkerLimits(1 << 20, 1000, 1 << 24, 200), List.of(SLOW));
      worker.send(0, 0, 90_000, CLIP.samples());

      assertThat(worker.exitCode()).isEqualTo(WorkerLimits.EXIT_OVER_TIME);
      assertThat(worker.log()).contains("segment took too long");
    }
  }

  @Test
  void configure_unsupported_isRefusedAndTheWorkerLives() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.send(
          new WorkerRequest.Configure(
              new VideoInput("av9", new byte[4], 640, 360, 90_000),
              Ladders.TWO,
              WorkerLimits.DEFAULT));
      assertThat(worker.next(WorkerReply.ConfigureFailed.class).reason())
          .contains("av9")
          .contains("h264");

      Rung odd =
          new Rung(
              "odd",
              640,
              360,
              new FrameRate(30, 1),
              23,
              900,
              900,
              60,
              "no-such-preset",
              "high",
              30);
      worker.send(new WorkerRequest.Configure(CLIP.input(), List.of(odd), WorkerLimits.DEFAULT));
      WorkerReply odds = worker.next();
      boolean x264 = Libav.encoderName().equals("libx264");
      assertThat(odds)
          .isInstanceOf(x264 ? WorkerReply.ConfigureFailed.class : WorkerReply.RungReady.class);
      if (x264) {
        worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
        List<WorkerReply.RungReady> one =
            worker.configure(CLIP.input(), WorkerLimits.DEFAULT, List.of(Ladders.P240));
        assertThat(worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO))
            .containsAll(one);
        Rung other =
            new Rung(
                "240p", 426, 240, new FrameRate(30, 1), 30, 500, 500, 60, "veryfast", "high", 21);
        worker.send(
            new WorkerRequest.Configure(CLIP.input(), List.of(other), WorkerLimits.DEFAULT));
        assertThat(worker.next(WorkerReply.ConfigureFailed.class).reason())
            .contains("does not change; start another worker");
        worker.send(0, 0, 90_000, CLIP.samples());
        assertThat(worker.segment()).hasSize(61);
      }
    }
  }

  @Test
  void request_outOfTurnOrMalformed_endsTheWorkerWithItsOwnCode() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.send(new WorkerRequest.BeginSegment(0, 0));
      assertThat(worker.exitCode()).isEqualTo(65);
      assertThat(worker.log()).contains("before Configure");
    }
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.rawInput.write(new byte[] {0, 0, 0, 1, 99});
      worker.rawInput.flush();
      assertThat(worker.exitCode()).isEqualTo(65);
      assertThat(worker.log()).contains("unknown request type 99");
    }
  }

  @Test
  void strayPrint_onStandardOutput_goesToTheLog() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    try (WorkerProcess worker = WorkerProcess.startWith(classPath, ChattyMain.class)) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
      worker.send(0, 0, 90_000, CLIP.samples());
      assertThat(worker.segment()).hasSize(61);
      worker.send(new WorkerRequest.Shutdown());
      assertThat(worker.exitCode()).isZero();
      assertThat(worker.end()).isEqualTo("end of stream");
      assertThat(worker.log()).contains(ChattyMain.PRINT);
    }
  }

  @Test
  void nativeMemory_afterManySegments_isBack() throws Exception {
    // A Java heap that is all there from the start, so that what grows is native.
    try (WorkerProcess worker = WorkerProcess.start("-Xms32m", "-Xmx32m", "-XX:+AlwaysPreTouch")) {
      worker.next(WorkerReply.Ready.class);
      worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
      long early = Long.MAX_VALUE;
      long late = Long.MAX_VALUE;
      for (int msn = 0; msn < 100; msn++) {
        worker.send(msn, 0, 90_000, CLIP.samples());
        assertThat(worker.segment()).hasSize(61);
        if (msn >= 20 && msn < 35) {
          early = Math.min(early, residentKb(worker));
        } else if (msn >= 85) {
          late = Math.min(late, residentKb(worker));
        }
      }
      // One canvas of the larger rung lost per segment would be 22 MB by then; an encoder, several
      // times that.
      assertThat(late - early).isLessThan(12_000);
    }
  }

  private static long residentKb(WorkerProcess worker) throws Exception {
    Process ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(worker.process.pid())).start();
    return Long.parseLong(new String(ps.getInputStream().readAllBytes()).trim());
  }
}

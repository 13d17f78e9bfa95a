package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rostrum.codecworker.libav.OtherVideo;
import io.rostrum.codecworker.libav.TestAudio;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing native outlives its segment, however many there are and whatever they hold. */
class MemoryTest {
  private static final int ROUNDS = 250;
  private static final int WARM_ROUNDS = 50;
  private static final int ALLOWED_KIB = 24 * 1024;

  @Test
  void fiveHundredSegments_ofSeveralCodecs_residentMemoryStaysFlat() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs /proc");
    TestVideo.Spec spec = TestVideo.Spec.of(320, 180, TestVideo.times(0, 6, 90_000, 30, 1));
    List<TestVideo.Clip> clips =
        List.of(TestVideo.clip(spec), OtherVideo.clip(VideoInput.VP8, spec, false, 0));
    TestAudio.Clip sound = TestAudio.clip("opus", 48_000, 2, 1, 1, TestAudio.tone(440));
    try (WorkerProcess worker = WorkerProcess.start()) {
      worker.next(WorkerReply.Ready.class);
      worker.send(
          new WorkerRequest.ConfigureAudio(
              sound.input(), new AudioOutput(44_100, 2, 128), WorkerLimits.DEFAULT));
      worker.next(WorkerReply.AudioReady.class);
      long warm = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (TestVideo.Clip clip : clips) {
          worker.configure(clip.input(), WorkerLimits.DEFAULT, List.of(Ladders.P240));
          worker.send(round, 0, 18_000, clip.samples());
          worker.segment();
        }
        worker.requests.write(new WorkerRequest.BeginAudio(round, 48_128));
        for (WorkerRequest.AudioSample sample : sound.samples()) {
          worker.requests.write(sample);
        }
        worker.send(new WorkerRequest.EndAudio(round, 48_128 + 10 * 1024));
        while (!(worker.next() instanceof WorkerReply.AudioDone)) {
          continue;
        }
        if (round == WARM_ROUNDS) {
          warm = residentKib(worker.process.pid());
        }
      }
      assertThat(residentKib(worker.process.pid()) - warm)
          .as("KiB more after %s segments than after %s", 2 * ROUNDS, 2 * WARM_ROUNDS)
          .isLessThan(ALLOWED_KIB);
    }
  }

  private static long residentKib(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}

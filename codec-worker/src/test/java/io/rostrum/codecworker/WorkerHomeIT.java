package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built home: a worker runs from its lib folder alone. */
class WorkerHomeIT {
  private static final Path LIB = Path.of(System.getProperty("rostrum.worker.home"), "lib");
  private static final TestVideo.Clip CLIP =
      TestVideo.clip(TestVideo.Spec.of(320, 180, TestVideo.times(0, 15, 90_000, 30, 1)));

  @Test
  void home_severalWorkersOnAnEmptyCacheAtOnce_allWork(@TempDir Path cache) throws Exception {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        workers.add(
            WorkerProcess.startWith(
                LIB + "/*", Main.class, "-Dorg.bytedeco.javacpp.cachedir=" + cache));
      }
      for (WorkerProcess worker : workers) {
        worker.next(WorkerReply.Ready.class);
        worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
        worker.send(0, 0, 45_000, CLIP.samples());
        assertThat(worker.segment()).hasSize(31);
        worker.send(new WorkerRequest.Shutdown());
        assertThat(worker.exitCode()).isZero();
      }
    } finally {
      for (WorkerProcess worker : workers) {
        worker.close();
      }
    }
  }

  @Test
  void home_holdsOneLicencesNativesAndNothingForeign() throws Exception {
    try (Stream<Path> jars = Files.list(LIB)) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names).filteredOn(name -> name.matches("ffmpeg-.*-(linux|macosx)-.*")).hasSize(1);
      assertThat(names)
          .allMatch(
              name ->
                  name.matches("(codec-worker|stream-contracts|media|ffmpeg|javacpp)-.*\\.jar"));
    }
  }
}

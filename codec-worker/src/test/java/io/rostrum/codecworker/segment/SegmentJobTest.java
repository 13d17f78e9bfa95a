package io.rostrum.codecworker.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.Rect;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real encodes of generated segments: each source picture carries its number, which is read back
 * from the output.
 */
class SegmentJobTest {
  private static final FrameRate FPS_30 = new FrameRate(30, 1);
  private static final Rung SMALL = SegmentRun.rung("240p", 426, 240, FPS_30);
  private static final long START = 12_345_678;

  @BeforeAll
  static void load() {
    Libav.load();
  }

  @Test
  void ladder_fourSeconds_everyRungHasEveryFrame() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(1280, 720, TestVideo.times(START, 120, 90_000, 30, 1)));
    Rung p720 = SegmentRun.rung("720p", 1280, 720, FPS_30);
    Rung p480 = SegmentRun.rung("480p", 854, 480, FPS_30);

    SegmentRun run = SegmentRun.of(clip, START, START + 360_000, SMALL, p720, p480);

    for (Rung rung : List.of(p720, p480, SMALL)) {
      List<SegmentRun.Frame> frames = run.frames.get(rung.name());
      assertThat(frames).hasSize(120);
      assertThat(frames).extracting(SegmentRun.Frame::duration).containsOnly(3000);
      for (int i = 0; i < frames.size(); i++) {
        assertThat(frames.get(i).time()).isEqualTo(START + i * 3000L);
        assertThat(frames.get(i).sync()).as("slot %s of %s", i, rung.name()).isEqualTo(i % 60 == 0);
      }
      assertThat(run.numbers(rung)).isEqualTo(IntStream.range(0, 120).boxed().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "25,1,25,1",
    "30000,1001,30000,1001",
    "60,1,30,1",
    "24000,1001,24000,1001",
    "120,1,30,1",
    "50,1,25,1"
  })
  void frameRate_sourceToRung_slotsAreEvenAndDurationsSumExactly(
      int srcNum, int srcDen, int num, int den) {
    int count = 4 * srcNum / srcDen;
    long[] pts = TestVideo.times(START, count + 1, 90_000, srcNum, srcDen);
    long end = pts[count];
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(320, 180, java.util.Arrays.copyOf(pts, count)));
    Rung rung = SegmentRun.rung("r", 320, 180, new FrameRate(num, den));

    SegmentRun run = SegmentRun.of(clip, START, end, rung);

    List<SegmentRun.Frame> frames = run.frames.get("r");
    int step = Math.round((float) srcNum * den / srcDen / num);
    assertThat(frames).hasSize((count + step - 1) / step);
    assertThat(frames.stream().mapToLong(SegmentRun.Frame::duration).sum()).isEqualTo(end - START);
    List<Integer> numbers = run.numbers(rung);
    for (int i = 2; i < numbers.size(); i++) {
      assertThat(numbers.get(i) - numbers.get(i - 1)).as("step before slot %s", i).isEqualTo(step);
    }
  }

  @ParameterizedTest
  @CsvSource({"30,1", "60,2"})
  void timestamps_wholeMillisecondsAsInRtmp_noFrameSkippedOrShownTwice(int sourceRate, int step) {
    long[] pts = TestVideo.times(5_000, 4 * sourceRate, 1000, sourceRate, 1);
    TestVideo.Clip clip = TestVideo.clip(TestVideo.Spec.of(320, 180, pts).withTimescale(1000));

    SegmentRun run = SegmentRun.of(clip, 5_000, 9_000, SegmentRun.rung("r", 320, 180, FPS_30));

    assertThat(run.numbers(SegmentRun.rung("r", 320, 180, FPS_30)))
        .isEqualTo(IntStream.range(0, 120).map(i -> i * step).boxed().toList());
    assertThat(run.frames.get("r").get(0).time()).isEqualTo(450_000);
    assertThat(run.frames.get("r").stream().mapToLong(SegmentRun.Frame::duration).sum())
        .isEqualTo(360_000);
  }

  @Test
  void holes_variableFrameRate_filledWithThePictureBefore() {
    long[] pts = {START, START + 3000, START + 15_000, START + 18_000};
    TestVideo.Clip clip = TestVideo.clip(TestVideo.Spec.of(320, 180, pts));
    Rung rung = SegmentRun.rung("r", 320, 180, FPS_30);

    SegmentRun run = SegmentRun.of(clip, START, START + 30_000, rung);

    assertThat(run.numbers(rung)).containsExactly(0, 1, 1, 1, 1, 2, 3, 3, 3, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "30000,0,10,3000",
    "30300,30,10,3300",
    "31500,0,11,1500",
    "27100,30,9,3100",
    "1,0,1,1"
  })
  void end_betweenSlots_lastFrameLastsToItExactly(
      long length, int offGrid, int slots, int lastDuration) {
    List<SegmentRun.Frame> frames = framesOf(length, offGrid);

    assertThat(frames).hasSize(slots);
    assertThat(frames.get(slots - 1).duration()).isEqualTo(lastDuration);
    assertThat(frames.stream().mapToLong(SegmentRun.Frame::duration).sum()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(longs = {29_700, 30_000, 30_300})
  void end_nearTheGridOfASourceOnTheGrid_lastFrameIsAsLongAsAllOthers(long length) {
    assertThat(framesOf(length, 0))
        .hasSize(10)
        .extracting(SegmentRun.Frame::duration)
        .containsOnly(3000);
  }

  /** Of a segment that ends there; all its pictures but the first lie so far off the grid. */
  private static List<SegmentRun.Frame> framesOf(long length, int offGrid) {
    int sourceFrames = (int) Math.max(1, (length + 300) / 3000);
    long[] pts = TestVideo.times(START, sourceFrames, 90_000, 30, 1);
    for (int i = 1; i < pts.length; i++) {
      pts[i] += offGrid;
    }
    TestVideo.Clip clip = TestVideo.clip(TestVideo.Spec.of(320, 180, pts));
    return SegmentRun.of(clip, START, START + length, SegmentRun.rung("r", 320, 180, FPS_30))
        .frames
        .get("r");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void bFrames_inAPyramid_loseNoFrame(boolean reorderCountInVui) {
    assumeTrue(Libav.encoderName().equals(Libav.X264), "only libx264 makes B-frames");
    TestVideo.Clip clip =
        TestVideo.clip(
            TestVideo.Spec.of(640, 360, TestVideo.times(START, 120, 90_000, 30, 1)).withBFrames(3));
    assertThat(clip.samples())
        .extracting(WorkerRequest.Sample::ptsTicks)
        .isNotEqualTo(sorted(clip.samples()));
    TestVideo.Clip source = reorderCountInVui ? clip : WithoutVui.of(clip);

    SegmentRun run = SegmentRun.of(source, START, START + 360_000, SMALL);

    assertThat(run.numbers(SMALL)).isEqualTo(IntStream.range(0, 120).boxed().toList());
  }

  private static List<Long> sorted(List<WorkerRequest.Sample> samples) {
    return samples.stream().map(WorkerRequest.Sample::ptsTicks).sorted().toList();
  }

  @Test
  void preRoll_beforeTheStart_isDecodedAndNotShown() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(320, 180, TestVideo.times(START, 90, 90_000, 30, 1)));
    long start = START + 60 * 3000;
    Rung rung = SegmentRun.rung("r", 320, 180, FPS_30);

    SegmentRun run = SegmentRun.of(clip, start, START + 90 * 3000, rung);

    assertThat(run.numbers(rung)).isEqualTo(IntStream.range(60, 90).boxed().toList());
    assertThat(run.frames.get("r").get(0).time()).isEqualTo(start);
    assertThat(run.frames.get("r").get(0).sync()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "322,182,1,1,0,0,424,240",
    "640,480,1,1,52,0,320,240",
    "360,640,1,1,144,0,136,240",
    "720,576,64,45,0,0,426,240",
    "640,268,1,1,0,30,426,178"
  })
  void shape_anyPicture_isFittedAndPaddedOntoTheCanvas(
      int width, int height, int sarNum, int sarDen, int x, int y, int w, int h) {
    TestVideo.Clip clip =
        TestVideo.clip(
            TestVideo.Spec.of(width, height, TestVideo.times(START, 10, 90_000, 30, 1))
                .withSar(sarNum, sarDen));

    SegmentRun run = SegmentRun.of(clip, START, START + 30_000, SMALL);

    Rect active = new Rect(x, y, w, h);
    List<TestVideo.Shown> shown =
        TestVideo.decode(run.avcC("240p"), 426, 240, run.samples(SMALL), active);
    assertThat(shown).hasSize(10);
    assertThat(shown)
        .extracting(TestVideo.Shown::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(shown).allSatisfy(frame -> assertThat(frame.width()).isEqualTo(426));
    if (x > 8) {
      assertThat(shown.get(9).at(x / 2, 120)).isBetween(14, 18);
      assertThat(shown.get(9).at(426 - x / 2, 120)).isBetween(14, 18);
    }
    if (y > 8) {
      assertThat(shown.get(9).at(213, y / 2)).isBetween(14, 18);
      assertThat(shown.get(9).at(213, 240 - y / 2)).isBetween(14, 18);
    }
  }

  @Test
  void shape_oddSizeFromTheBitstreamsCropping_isAccepted() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(640, 362, TestVideo.times(START, 5, 90_000, 30, 1)));

    SegmentRun run = SegmentRun.of(clip, START, START + 15_000, SMALL);

    assertThat(run.numbers(SMALL)).containsExactly(0, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({"0,2", "30,1"})
  void frame_onTheGrid_leavesWithItsOwnSample_offTheGridWithTheNext(int offGrid, int withSecond) {
    long[] pts = TestVideo.times(START, 30, 90_000, 30, 1);
    for (int i = 1; i < pts.length; i++) {
      pts[i] += offGrid;
    }
    TestVideo.Clip clip = TestVideo.clip(TestVideo.Spec.of(320, 180, pts));
    Ladder ladder = Ladder.probe(List.of(SMALL));
    Semaphore left = new Semaphore(0);

    try (SegmentJob job =
        new SegmentJob(
            new WorkerRequest.BeginSegment(1, START),
            clip.input(),
            ladder,
            null,
            WorkerLimits.DEFAULT,
            (msn, rung, time, duration, sample) -> left.release())) {
      for (int i = 0; i < 30; i++) {
        job.sample(clip.samples().get(i));
        // With nothing more sent; only the second sample tells how far apart they are.
        left.acquireUninterruptibly(i == 0 ? 0 : i == 1 ? withSecond : 1);
        assertThat(left.availablePermits()).isZero();
      }
    }
  }

  @Test
  void encoders_fresh_announceTheSameConfiguration() {
    byte[] first = Ladder.probe(List.of(SMALL)).rungs().get(0).avcC();

    assertThat(Ladder.probe(List.of(SMALL)).rungs().get(0).avcC()).isEqualTo(first);
    assertThat(first[1] & 0xFF)
        .isEqualTo(Libav.encoderName().equals(Libav.X264) ? 100 : first[1] & 0xFF);
  }

  @Test
  void sceneCut_betweenKeyframes_makesNoIdr() {
    TestVideo.Clip clip =
        TestVideo.clip(
            TestVideo.Spec.of(640, 360, TestVideo.times(START, 70, 90_000, 30, 1)).withCutAt(33));

    SegmentRun run = SegmentRun.of(clip, START, START + 210_000, SMALL);

    List<SegmentRun.Frame> frames = run.frames.get("240p");
    assertThat(IntStream.range(0, 70).filter(i -> frames.get(i).sync())).containsExactly(0, 60);
    assertThat(run.numbers(SMALL)).isEqualTo(IntStream.range(0, 70).boxed().toList());
  }

  @Test
  void cpuFeatures_noneForDecodingAndScaling_sameBytes() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(640, 480, TestVideo.times(START, 30, 90_000, 30, 1)));
    SegmentRun all = SegmentRun.of(clip, START, START + 90_000, SMALL);

    SegmentRun none =
        TestVideo.withoutCpuFeatures(() -> SegmentRun.of(clip, START, START + 90_000, SMALL));

    assertThat(none.frames.get("240p"))
        .usingRecursiveComparison()
        .isEqualTo(all.frames.get("240p"));
  }

  @Test
  void samples_noneDecodable_failWithTheReason() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(320, 180, TestVideo.times(START, 5, 90_000, 30, 1)));
    List<WorkerRequest.Sample> garbage = new ArrayList<>();
    for (WorkerRequest.Sample sample : clip.samples()) {
      garbage.add(
          new WorkerRequest.Sample(
              sample.ptsTicks(), sample.dtsTicks(), sample.sync(), new byte[sample.data().length]));
    }

    assertThatThrownBy(
            () ->
                SegmentRun.of(
                    clip.input(), garbage, START, START + 15_000, WorkerLimits.DEFAULT, SMALL))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("no frame could be decoded from 5 samples");
  }

  @Test
  void limits_broken_failTheSegment() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(320, 180, TestVideo.times(START, 30, 90_000, 30, 1)));

    assertThatThrownBy(
            () ->
                limited(
                    clip, START + 90_000, new WorkerLimits(320 * 180 / 2, 100, 1 << 20, 10_000)))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("no frame could be decoded");
    assertThatThrownBy(
            () -> limited(clip, START + 90_000, new WorkerLimits(1 << 20, 29, 1 << 20, 10_000)))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("more than 29");
    assertThatThrownBy(
            () -> limited(clip, START + 90_000, new WorkerLimits(1 << 20, 100, 1000, 10_000)))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("more than 1000 bytes");
    assertThatThrownBy(
            () ->
                limited(clip, START + 90_000_000, new WorkerLimits(1 << 20, 100, 1 << 20, 10_000)))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("over the limit of 100 frames");
    assertThatThrownBy(() -> limited(clip, START, WorkerLimits.DEFAULT))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining("the segment ends at");
  }

  private static void limited(TestVideo.Clip clip, long end, WorkerLimits limits) {
    SegmentRun.of(clip.input(), clip.samples(), START, end, limits, SMALL);
  }
}

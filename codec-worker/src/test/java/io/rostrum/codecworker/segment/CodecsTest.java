package io.rostrum.codecworker.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.OtherVideo;
import io.rostrum.codecworker.libav.Rect;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every codec that a publication may have, whole and with a size that changes on the way. */
class CodecsTest {
  private static final FrameRate FPS_30 = new FrameRate(30, 1);
  private static final Rung RUNG = SegmentRun.rung("360p", 640, 360, FPS_30);
  private static final long START = 450_000;

  @BeforeAll
  static void load() {
    Libav.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {VideoInput.HEVC, VideoInput.AV1, VideoInput.VP8, VideoInput.VP9})
  void codec_ofAPublication_everyPictureInItsSlot(String codec) {
    TestVideo.Clip clip = clip(codec, 640, 360, START, 30, 0);

    SegmentRun run = SegmentRun.of(clip, START, START + 90_000, RUNG);

    assertThat(run.numbers(RUNG)).isEqualTo(IntStream.range(0, 30).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {VideoInput.H264, VideoInput.HEVC, VideoInput.AV1, VideoInput.VP8, VideoInput.VP9})
  void size_changesInMidSegment_scaledAndLetterboxedOntoTheSameCanvas(String codec)
      throws Exception {
    TestVideo.Clip small = clip(codec, 320, 180, START, 10, 0);
    TestVideo.Clip narrow = clip(codec, 480, 480, START + 30_000, 10, 10);
    TestVideo.Clip large = clip(codec, 1280, 720, START + 60_000, 10, 20);
    List<WorkerRequest.Sample> samples = new ArrayList<>(small.samples());
    samples.addAll(inBand(narrow));
    samples.addAll(inBand(large));

    SegmentRun run =
        SegmentRun.of(small.input(), samples, START, START + 90_000, WorkerLimits.DEFAULT, RUNG);

    assertThat(run.frames.get("360p")).hasSize(30);
    List<TestVideo.Shown> full = TestVideo.decode(run.avcC("360p"), 640, 360, run.samples(RUNG));
    List<TestVideo.Shown> pillared =
        TestVideo.decode(run.avcC("360p"), 640, 360, run.samples(RUNG), new Rect(140, 0, 360, 360));
    for (int i = 0; i < 30; i++) {
      boolean bars = i >= 10 && i < 20;
      assertThat((bars ? pillared : full).get(i).number())
          .as("picture %s", i)
          .isEqualTo(number(codec, i));
      assertThat(full.get(i).at(60, 300) < 20).as("bars beside picture %s", i).isEqualTo(bars);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {VideoInput.H264, VideoInput.HEVC, VideoInput.AV1, VideoInput.VP8, VideoInput.VP9})
  void size_beyondTheLimitInMidSegment_isNotDecoded(String codec) throws Exception {
    TestVideo.Clip small = clip(codec, 320, 180, START, 10, 0);
    TestVideo.Clip large = clip(codec, 1280, 720, START + 30_000, 10, 10);
    List<WorkerRequest.Sample> samples = new ArrayList<>(small.samples());
    samples.addAll(inBand(large));
    WorkerLimits limits = new WorkerLimits(640 * 360, 1000, 1 << 26, 60_000);

    SegmentRun run = SegmentRun.of(small.input(), samples, START, START + 60_000, limits, RUNG);

    assertThat(run.numbers(RUNG).subList(0, 10)).isEqualTo(IntStream.range(0, 10).boxed().toList());
    assertThat(run.numbers(RUNG).subList(10, 20)).as("the last that could be").containsOnly(9);
    assertThatThrownBy(
            () ->
                SegmentRun.of(
                    small.input(), inBand(large), START + 30_000, START + 60_000, limits, RUNG))
        .hasMessageContaining("no frame could be decoded");
  }

  @Test
  void hevcOfTenBits_isConvertedToEight() {
    TestVideo.Clip clip =
        OtherVideo.clip(
            VideoInput.HEVC,
            TestVideo.Spec.of(640, 360, TestVideo.times(START, 30, 90_000, 30, 1)),
            true,
            0);

    SegmentRun run = SegmentRun.of(clip, START, START + 90_000, RUNG);

    assertThat(run.numbers(RUNG)).isEqualTo(IntStream.range(0, 30).boxed().toList());
    TestVideo.Shown shown = run.shown(RUNG).get(0);
    assertThat(shown.at(32, 90)).as("black field").isBetween(26, 34);
  }

  @Test
  void av1_withItsSequenceHeaderInTheConfigurationAlone_isDecoded() throws Exception {
    TestVideo.Clip clip = clip(VideoInput.AV1, 640, 360, START, 30, 0);
    List<WorkerRequest.Sample> bare = new ArrayList<>();
    for (WorkerRequest.Sample sample : clip.samples()) {
      bare.add(
          new WorkerRequest.Sample(
              sample.ptsTicks(), sample.dtsTicks(), sample.sync(), withoutHeader(sample.data())));
    }
    assertThat(bare.get(0).data().length).isLessThan(clip.samples().get(0).data().length);

    SegmentRun run =
        SegmentRun.of(clip.input(), bare, START, START + 90_000, WorkerLimits.DEFAULT, RUNG);

    assertThat(run.numbers(RUNG)).isEqualTo(IntStream.range(0, 30).boxed().toList());
  }

  @Test
  void rungsOfTwoFrameRates_shareADecoder_andHaveAGridEach() {
    TestVideo.Clip clip =
        TestVideo.clip(TestVideo.Spec.of(640, 360, TestVideo.times(START, 120, 90_000, 60, 1)));
    Rung source = SegmentRun.rung("source", 640, 360, new FrameRate(60, 1));
    Rung low = SegmentRun.rung("240p", 426, 240, FPS_30);

    SegmentRun run = SegmentRun.of(clip, START, START + 180_000, source, low);

    assertThat(run.numbers(source)).isEqualTo(IntStream.range(0, 120).boxed().toList());
    assertThat(run.numbers(low)).isEqualTo(IntStream.range(0, 60).map(i -> 2 * i).boxed().toList());
    SegmentRun alone = SegmentRun.of(clip, START, START + 180_000, low);
    assertThat(run.samples(low)).isEqualTo(alone.samples(low));
  }

  private static int number(String codec, int i) {
    // TestVideo's H.264 counts each clip from 0.
    return codec.equals(VideoInput.H264) ? i % 10 : i;
  }

  private static TestVideo.Clip clip(
      String codec, int width, int height, long start, int frames, int firstNumber) {
    TestVideo.Spec spec =
        TestVideo.Spec.of(width, height, TestVideo.times(start, frames, 90_000, 30, 1));
    return codec.equals(VideoInput.H264)
        ? TestVideo.clip(spec)
        : OtherVideo.clip(codec, spec, false, firstNumber);
  }

  private static List<WorkerRequest.Sample> inBand(TestVideo.Clip clip) throws Exception {
    String codec = clip.input().codec();
    return codec.equals(VideoInput.H264) || codec.equals(VideoInput.HEVC)
        ? OtherVideo.inBand(clip)
        : clip.samples();
  }

  /** Without OBUs of type 1, AV1 §6.2.2; each has a size here. */
  private static byte[] withoutHeader(byte[] unit) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    int at = 0;
    while (at < unit.length) {
      int start = at;
      int header = unit[at++];
      if ((header & 4) != 0) {
        at++;
      }
      int size = 0;
      int shift = 0;
      int next;
      do {
        next = unit[at++];
        size |= (next & 0x7F) << shift;
        shift += 7;
      } while ((next & 0x80) != 0);
      at += size;
      if ((header >> 3 & 0xF) != 1) {
        out.write(unit, start, at - start);
      }
    }
    return out.toByteArray();
  }
}

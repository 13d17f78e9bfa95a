package io.rostrum.codecworker.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invariant 2 must not be seen: a talk encoded in segments, each by an encoder of its own, beside
 * the same talk encoded by one that never stopped.
 */
class BoundaryQualityTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int SEGMENTS = 3;
  private static final int SEGMENT_FRAMES = 120;
  private static final long FRAME_TICKS = 3000;
  private static final int BEHIND_BOUNDARY = 10;
  private static final int SLIDE_CHANGE = 170;

  /** The publisher's segments; each starts with an IDR. */
  private static final List<TestVideo.Clip> TALK =
      IntStream.range(0, SEGMENTS).mapToObj(BoundaryQualityTest::segment).toList();

  private static TestVideo.Clip segment(int ordinal) {
    int first = ordinal * SEGMENT_FRAMES;
    long[] pts = TestVideo.times(first * FRAME_TICKS, SEGMENT_FRAMES, 90_000, 30, 1);
    return TestVideo.clip(
        TestVideo.Spec.of(WIDTH, HEIGHT, pts), (x, y, number) -> talk(x, y, first + number));
  }

  /** A slide with edges that changes once, somebody who moves before it, and a camera's noise. */
  private static int talk(int x, int y, int number) {
    int slide = number < SLIDE_CHANGE ? 1 : 5;
    int noise = hash(x, y, number) % 9 - 4;
    double head = 470 + 30 * Math.sin(number / 17.0);
    double dx = (x - head) / 70;
    double dy = (y - 200 - 12 * Math.sin(number / 11.0)) / 110;
    if (dx * dx + dy * dy < 1) {
      int texture = hash((int) ((x - head) / 3), y / 3, 1) % 60;
      return 110 + texture + (int) (25 * dx) + noise;
    }
    boolean text = y / 14 % 2 == 1 && x < 380 && hash(x / 5, y / 14, slide) % 3 == 0;
    return (text ? 50 : 190 - y / 8) + noise;
  }

  private static int hash(int x, int y, int z) {
    int h = x * 0x9E3779B1 ^ y * 0x85EBCA6B ^ z * 0xC2B2AE35;
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    return (h ^ h >>> 13) & 0x7FFFFFFF;
  }

  @ParameterizedTest
  @ValueSource(ints = {2500, 900, 500})
  void segments_besideOneContinuousEncode_lookAndCostTheSame(int maxKbps) {
    Rung rung =
        new Rung(
            "360p",
            WIDTH,
            HEIGHT,
            new FrameRate(30, 1),
            23,
            maxKbps,
            maxKbps,
            60,
            "veryfast",
            "main",
            31);
    byte[] sourceConfig = TALK.get(0).input().decoderConfig();
    List<TestVideo.Shown> source = TestVideo.decode(sourceConfig, WIDTH, HEIGHT, samples(TALK));
    SegmentRun continuous = encode(samples(TALK), 0, SEGMENTS, rung);
    List<WorkerRequest.Sample> segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      segments.addAll(encode(TALK.get(i).samples(), i, i + 1, rung).samples(rung));
    }

    double ratio = bytes(segments) / (double) bytes(continuous.samples(rung));
    double[] whole = similarity(source, continuous, rung, continuous.samples(rung));
    double[] cut = similarity(source, continuous, rung, segments);

    assertThat(ratio).as("bytes beside a continuous encode's").isBetween(0.85, 1.10);
    for (int i = 1; i < SEGMENTS; i++) {
      int boundary = i * SEGMENT_FRAMES;
      assertThat(behind(boundary, cut))
          .as("similarity behind frame %s, at most %s kb/s, %s bytes", boundary, maxKbps, ratio)
          .isGreaterThan(behind(boundary, whole) - 0.01);
    }
  }

  private static SegmentRun encode(
      List<WorkerRequest.Sample> samples, int first, int end, Rung rung) {
    return SegmentRun.of(
        TALK.get(0).input(),
        samples,
        first * SEGMENT_FRAMES * FRAME_TICKS,
        end * SEGMENT_FRAMES * FRAME_TICKS,
        WorkerLimits.DEFAULT,
        rung);
  }

  private static List<WorkerRequest.Sample> samples(List<TestVideo.Clip> clips) {
    return clips.stream().flatMap(clip -> clip.samples().stream()).toList();
  }

  private static long bytes(List<WorkerRequest.Sample> samples) {
    return samples.stream().mapToLong(sample -> sample.data().length).sum();
  }

  /** Of each frame to the source's. */
  private static double[] similarity(
      List<TestVideo.Shown> source, SegmentRun run, Rung rung, List<WorkerRequest.Sample> encoded) {
    List<TestVideo.Shown> shown = TestVideo.decode(run.avcC(rung.name()), WIDTH, HEIGHT, encoded);
    assertThat(shown).hasSameSizeAs(source);
    return IntStream.range(0, source.size())
        .mapToDouble(i -> Ssim.of(source.get(i), shown.get(i)))
        .toArray();
  }

  private static double behind(int boundary, double[] similarity) {
    return Arrays.stream(similarity, boundary, boundary + BEHIND_BOUNDARY).average().orElseThrow();
  }
}

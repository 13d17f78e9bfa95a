package io.rostrum.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.FrameRate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentCutterTest {

  private static final int HZ = 90_000;

  @ParameterizedTest(name = "IDR every {0} frames at {1}/{2}")
  @CsvSource({
    "15, 30, 1",
    "30, 30, 1",
    "60, 30, 1",
    "75, 30, 1",
    "90, 30, 1",
    "120, 30, 1",
    "150, 30, 1",
    "180, 30, 1",
    "48, 24000, 1001",
    "60, 30000, 1001",
    "250, 60, 1",
    "250, 25, 1",
    "600, 30, 1"
  })
  void anyKeyframeInterval_segmentsNeverOverSixSeconds(
      int interval, int numerator, int denominator) {
    Run run =
        new Run(new FrameRate(numerator, denominator))
            .frames(60 * numerator / denominator, interval);

    assertThat(run.segmentLengths()).allMatch(length -> length <= 6L * HZ);
  }

  @ParameterizedTest(name = "{0}/{1} frames/s")
  @CsvSource({"15, 1", "24, 1", "24000, 1001", "25, 1", "30000, 1001", "30, 1", "50, 1", "60, 1"})
  void theEndOfAFullPart_isKnownWithItsLastFrame(int numerator, int denominator) {
    SegmentCutter cutter = new SegmentCutter(HZ, 500);
    long frameTicks = (long) HZ * denominator / numerator;
    boolean ended = true;
    for (int i = 0; i < 4 * numerator / denominator - 1; i++) {
      Cut cut = cutter.next(i * frameTicks, (i + 1) * frameTicks, i == 0);
      assertThat(cut.startsPart()).isEqualTo(ended);
      ended = cutter.endsPart();
    }
  }

  @Test
  void twoSecondKeyframes_twoShortSegmentsThenFourSeconds() {
    Run run = new Run(new FrameRate(30, 1)).frames(20 * 30, 60);

    // Two intervals are known at the IDR at 4 s; from there on every second IDR.
    assertThat(run.segmentStartsSeconds()).containsExactly(0.0, 2.0, 6.0, 10.0, 14.0, 18.0);
  }

  @Test
  void threeSecondKeyframes_cutAtEach_sinceTwoWouldReachSix() {
    Run run = new Run(new FrameRate(30, 1)).frames(13 * 30, 90);

    // 3 s elapsed plus an interval of 3 s does not exceed 6 s: wait for the next.
    assertThat(run.segmentStartsSeconds()).containsExactly(0.0, 3.0, 9.0);
  }

  @Test
  void threeAndAHalfSecondKeyframes_cutAtEach_ratherThanWithoutAnIdr() {
    Run run = new Run(new FrameRate(30, 1)).frames(18 * 30, 105);

    assertThat(run.segmentStartsSeconds()).containsExactly(0.0, 3.5, 7.0, 10.5, 14.0, 17.5);
    assertThat(run.segmentSync()).doesNotContain(false);
  }

  @Test
  void tenSecondKeyframes_closeAtSixWithoutSync_andReopenAtTheIdr() {
    Run run = new Run(new FrameRate(30, 1)).frames(25 * 30, 300);

    assertThat(run.segmentStartsSeconds()).containsExactly(0.0, 6.0, 10.0, 16.0, 20.0);
    assertThat(run.segmentSync()).containsExactly(true, false, true, false, true);
  }

  @Test
  void shortStart_endsWithoutAnIdr_andIsTheFirstSegmentOnly() {
    SegmentCutter cutter = SegmentCutter.withShortStart(HZ, 500);
    List<Integer> segments = new ArrayList<>();
    List<Boolean> sync = new ArrayList<>();
    for (int frame = 0; frame < 18 * 30; frame++) {
      boolean idr = frame % 250 == 0;
      if (cutter.next(frame * 3000L, (frame + 1) * 3000L, idr).startsSegment()) {
        segments.add(frame);
        sync.add(idr);
      }
    }

    assertThat(segments).containsExactly(0, 15, 195, 250, 430, 500);
    assertThat(sync).containsExactly(true, false, false, true, false, true);
  }

  @Test
  void frameThatLastsLong_closesTheSegmentBeforeIt() {
    SegmentCutter cutter = new SegmentCutter(HZ, 500);
    cutter.next(0, 3 * HZ, true);
    cutter.next(3 * HZ, 5 * HZ, false);

    assertThat(cutter.next(5 * HZ, 8 * HZ, false)).isEqualTo(Cut.SEGMENT);
  }

  @ParameterizedTest(name = "{0}/{1}: {2} frames a part")
  @CsvSource({
    "30000, 1001, 14",
    "30, 1, 15",
    "25, 1, 12",
    "24, 1, 12",
    "24000, 1001, 11",
    "60, 1, 30",
    "60000, 1001, 29",
    "50, 1, 25",
    "15, 1, 7",
    "20, 1, 10",
    "12, 1, 6"
  })
  void parts_holdFloorOfHalfASecond_andAtLeast85Percent(
      int numerator, int denominator, int expectedFrames) {
    Run run =
        new Run(new FrameRate(numerator, denominator)).frames(40 * numerator / denominator, 60);

    List<Integer> full = run.partsNotLastInSegment();

    assertThat(full).isNotEmpty().allMatch(frames -> frames == expectedFrames);
    double seconds = (double) expectedFrames * denominator / numerator;
    assertThat(seconds).isBetween(0.85 * 0.5, 0.5);
  }

  @Test
  void parts_takeWhatFitsIntoTheTargetThatIsSet() {
    SegmentCutter cutter = new SegmentCutter(HZ, 334);
    List<Integer> parts = new ArrayList<>();
    for (int frame = 0; frame < 61; frame++) {
      if (cutter.next(frame * 3000L, (frame + 1) * 3000L, frame % 60 == 0) != Cut.NONE) {
        parts.add(frame);
      }
    }

    assertThat(parts).containsExactly(0, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void timestampsAsSent_aFewTicksShortOfFourSeconds_stillCutThere() {
    SegmentCutter cutter = new SegmentCutter(HZ, 500);
    cutter.next(0, 3000, true);
    cutter.next(90_000, 93_000, true);
    cutter.next(180_000, 183_000, true);
    cutter.next(270_000, 273_000, true);

    assertThat(cutter.next(180_000 + 4 * HZ - 90, 180_000 + 4 * HZ, true)).isEqualTo(Cut.SEGMENT);
  }

  @Test
  void audioOnly_fourSecondGridWithoutDrift() {
    AudioCutter cutter = new AudioCutter(48_000, 500);
    List<Long> segments = new ArrayList<>();
    List<Integer> parts = new ArrayList<>();
    int frames = 0;
    for (long at = 0; at < 48_000L * 60; at += 1024) {
      Cut cut = cutter.next(at, at + 1024, true);
      if (cut.startsSegment()) {
        segments.add(at);
        frames = 0;
      } else if (cut.startsPart()) {
        parts.add(frames);
        frames = 0;
      }
      frames++;
    }

    assertThat(segments).hasSize(15);
    for (int i = 0; i < segments.size(); i++) {
      assertThat(segments.get(i) - i * 4 * 48_000L).isBetween(0L, 1023L);
    }
    assertThat(parts).isNotEmpty().allMatch(n -> n == 23);
  }

  /** Frames of a constant rate through a cutter. */
  private static final class Run {
    private final FrameRate rate;
    private final SegmentCutter cutter = new SegmentCutter(HZ, 500);
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Boolean> idrs = new ArrayList<>();

    Run(FrameRate rate) {
      this.rate = rate;
    }

    Run frames(int count, int interval) {
      for (int i = 0; i < count; i++) {
        boolean idr = i % interval == 0;
        idrs.add(idr);
        cuts.add(cutter.next(rate.gridTicks(i, HZ), rate.gridTicks(i + 1, HZ), idr));
      }
      return this;
    }

    List<Integer> segments() {
      List<Integer> starts = new ArrayList<>();
      for (int i = 0; i < cuts.size(); i++) {
        if (cuts.get(i).startsSegment()) {
          starts.add(i);
        }
      }
      return starts;
    }

    List<Double> segmentStartsSeconds() {
      return segments().stream().map(i -> rate.gridTicks(i, HZ) / (double) HZ).toList();
    }

    List<Boolean> segmentSync() {
      return segments().stream().map(idrs::get).toList();
    }

    List<Long> segmentLengths() {
      List<Integer> starts = new ArrayList<>(segments());
      starts.add(cuts.size());
      List<Long> lengths = new ArrayList<>();
      for (int i = 1; i < starts.size(); i++) {
        lengths.add(rate.gridTicks(starts.get(i), HZ) - rate.gridTicks(starts.get(i - 1), HZ));
      }
      return lengths;
    }

    List<Integer> partsNotLastInSegment() {
      List<Integer> parts = new ArrayList<>();
      int frames = 0;
      for (Cut cut : cuts) {
        if (cut == Cut.PART) {
          parts.add(frames);
        }
        frames = cut.startsPart() ? 1 : frames + 1;
      }
      return parts;
    }
  }
}

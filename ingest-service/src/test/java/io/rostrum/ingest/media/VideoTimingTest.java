package io.rostrum.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.FrameRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTimingTest {

  private static final int HZ = VideoTiming.TIMESCALE;

  @ParameterizedTest(name = "{0}/{1}, rounding {2}")
  @CsvSource({
    "60, 1, floor",
    "60, 1, nearest",
    "60000, 1001, floor",
    "30000, 1001, nearest",
    "30, 1, floor",
    "24000, 1001, nearest",
    "25, 1, floor",
    "50, 1, nearest"
  })
  void wholeMilliseconds_ofAConstantRate_comeBackOnTheGrid(
      int numerator, int denominator, String rounding) {
    FrameRate rate = new FrameRate(numerator, denominator);
    VideoTiming timing = new VideoTiming(rate);

    for (int i = 0; i < 100_000; i++) {
      double ms = 1000.0 * i * denominator / numerator;
      long sent = rounding.equals("floor") ? (long) Math.floor(ms) : Math.round(ms);
      assertThat(timing.next(sent * 90, 0).decodeTicks()).isEqualTo(rate.gridTicks(i, HZ));
    }
  }

  @Test
  void compositionOffsets_roundedToMilliseconds_comeBackOnTheGrid() {
    FrameRate rate = new FrameRate(30_000, 1001);
    VideoTiming timing = new VideoTiming(rate);
    int[] frames = {0, 2, -1, 0};

    for (int i = 0; i < 1000; i++) {
      int offset = frames[i % 4];
      long sentDecode = rate.gridTicks(i, HZ) / 90 * 90;
      int sentOffset = Math.toIntExact(Math.round(offset * 1001 / 30.0) * 90);
      VideoTiming.Times times = timing.next(sentDecode, sentOffset);
      assertThat(times.decodeTicks() + times.compositionTicks())
          .isEqualTo(rate.gridTicks(i + offset, HZ));
    }
  }

  @Test
  void missingFrames_leaveTheGridWhereItIs() {
    FrameRate rate = new FrameRate(30, 1);
    VideoTiming timing = new VideoTiming(rate);
    timing.next(0, 0);

    assertThat(timing.next(167 * 90, 0).decodeTicks()).isEqualTo(5 * 3000);
    assertThat(timing.next(200 * 90, 0).decodeTicks()).isEqualTo(6 * 3000);
  }

  @Test
  void variableRate_keepsItsOwnTimes() {
    VideoTiming timing = new VideoTiming(new FrameRate(30, 1));
    long[] sentMs = {0, 41, 90, 171, 180, 300};
    List<Long> rebuilt = new ArrayList<>();

    for (long ms : sentMs) {
      rebuilt.add(timing.next(ms * 90, 0).decodeTicks());
    }

    for (int i = 0; i < sentMs.length; i++) {
      assertThat(Math.abs(rebuilt.get(i) - sentMs[i] * 90))
          .isLessThanOrEqualTo(VideoTiming.TOLERANCE_TICKS);
    }
  }

  @Test
  void wrongDeclaration_isReplacedByWhatIsMeasured() {
    VideoTiming timing = new VideoTiming(new FrameRate(24, 1));
    for (int i = 0; i < 200; i++) {
      timing.next(Math.round(i * 1000.0 / 60) * 90, 0);
    }

    assertThat(timing.rate()).isEqualTo(new FrameRate(60, 1));
  }

  @Test
  void noDeclaration_rateIsMeasured() {
    VideoTiming timing = new VideoTiming(null);
    for (int i = 0; i < 100; i++) {
      timing.next(i * 1000L / 25 * 90, 0);
    }

    assertThat(timing.rate()).isEqualTo(new FrameRate(25, 1));
  }

  @Test
  void anyTimestamps_decodeTimesAlwaysRise() {
    Random random = new Random(7);
    VideoTiming timing = new VideoTiming(new FrameRate(30, 1));
    long sent = 0;
    long last = -1;
    for (int i = 0; i < 20_000; i++) {
      sent += (random.nextInt(80) - 20) * 90L;
      long rebuilt = timing.next(Math.max(0, sent), random.nextInt(200) * 90).decodeTicks();
      assertThat(rebuilt).isGreaterThan(last);
      last = rebuilt;
    }
  }
}

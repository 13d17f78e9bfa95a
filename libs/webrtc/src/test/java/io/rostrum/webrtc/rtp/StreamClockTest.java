package io.rostrum.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamClockTest {

  @Test
  void firstFrame_isWhenItCame_othersFollowTheirTimestamps_alsoAcrossTheWrap() {
    StreamClock clock = new StreamClock(90_000);

    assertThat(clock.timeUs(0xFFFFFFFF - 89_999, 5_000_000)).isEqualTo(5_000_000);
    assertThat(clock.timeUs(0, 6_900_000)).isEqualTo(6_000_000);
    assertThat(clock.timeUs(90_000, 7_100_000)).isEqualTo(7_000_000);
  }

  /** Video came 90 ms late against audio; the reports say so. */
  @Test
  void reports_moveVideoToAudio_inSmallSteps() {
    StreamClock audio = new StreamClock(48_000);
    StreamClock video = new StreamClock(90_000);
    audio.timeUs(1_000, 0);
    long before = video.timeUs(7_000, 90_000);
    audio.senderReport(50_000_000, 1_000);
    video.senderReport(50_000_000, 7_000);

    video.align(audio.aheadOfSenderUs().orElseThrow());

    long last = before;
    for (int i = 1; i <= 100; i++) {
      long time = video.timeUs(7_000 + i * 3_000, 0);
      assertThat(time - last).isBetween(33_333L - StreamClock.MAX_STEP_US - 1, 33_334L);
      last = time;
    }
    assertThat(last).isBetween(100 * 33_333L - 2, 100 * 33_334L + 2);
  }

  @Test
  void report_thatCannotBe_isIgnored() {
    StreamClock video = new StreamClock(90_000);
    video.timeUs(0, 0);
    video.senderReport(50_000_000, 0);

    video.align(60_000_000);

    assertThat(video.timeUs(90_000, 0)).isEqualTo(1_000_000);
  }
}

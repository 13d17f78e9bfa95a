package io.rostrum.webrtc.rtp;

import java.util.OptionalLong;

/**
 * Puts the timestamps of one stream on a clock of microseconds that all streams of a session share.
 * Sender reports come late, so the time of arrival of the first packet places the stream at first;
 * what a report says is then approached in small steps, since a jump would be heard or seen.
 */
final class StreamClock {

  /** A frame moves by no more than this against the one before: 60 ms in a second of video. */
  static final long MAX_STEP_US = 2_000;

  /** Streams of one session do not arrive this far apart: such a report is a sender's mistake. */
  static final long MAX_CORRECTION_US = 5_000_000;

  private final int clockRate;
  private final Unwrapper timestamps = new Unwrapper(32);
  private boolean started;
  private long offsetUs;
  private long targetUs;
  private boolean reported;
  private long reportOffsetUs;

  StreamClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * @param timestamp RTP timestamp of a frame, in rising order
   * @param nowUs when it came
   */
  long timeUs(int timestamp, long nowUs) {
    long mediaUs = mediaUs(timestamps.unwrap(timestamp & 0xFFFF_FFFFL));
    if (!started) {
      started = true;
      offsetUs = nowUs - mediaUs;
      targetUs = offsetUs;
    }
    offsetUs += Math.max(-MAX_STEP_US, Math.min(MAX_STEP_US, targetUs - offsetUs));
    return mediaUs + offsetUs;
  }

  /** What the sender's clock said at an RTP timestamp, in microseconds. */
  void senderReport(long senderUs, int timestamp) {
    if (started) {
      reported = true;
      reportOffsetUs = senderUs - mediaUs(timestamps.peek(timestamp & 0xFFFF_FFFFL));
    }
  }

  /**
   * How far the shared clock is ahead of the sender's, going by this stream; empty while unknown.
   */
  OptionalLong aheadOfSenderUs() {
    return reported ? OptionalLong.of(offsetUs - reportOffsetUs) : OptionalLong.empty();
  }

  /** Moves, by and by, to where the shared clock is ahead of the sender's by {@code aheadUs}. */
  void align(long aheadUs) {
    if (reported && Math.abs(reportOffsetUs + aheadUs - offsetUs) <= MAX_CORRECTION_US) {
      targetUs = reportOffsetUs + aheadUs;
    }
  }

  private long mediaUs(long ticks) {
    return Math.floorDiv(ticks * 1_000_000, clockRate);
  }
}

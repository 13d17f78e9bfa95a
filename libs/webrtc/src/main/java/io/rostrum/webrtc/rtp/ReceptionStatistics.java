package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.rtcp.ReportBlock;
import java.util.concurrent.TimeUnit;

/**
 * What a receiver report says of one stream, RFC 3550 §6.4.1, appendix A.3 and A.8. Repairs on
 * another stream do not count: they are part of neither what was expected nor what came.
 */
final class ReceptionStatistics {

  private final int ssrc;
  private final int clockRate;
  private final Unwrapper sequences = new Unwrapper(16);
  private long first = -1;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private long lastTransit;
  private long lastReportNtp;
  private long lastReportNanos;

  ReceptionStatistics(int ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  void packet(RtpPacket packet, long nowNanos) {
    long sequence = sequences.unwrap(packet.sequence());
    if (first < 0) {
      first = sequence;
      highest = sequence;
    }
    highest = Math.max(highest, sequence);
    received++;
    long arrival =
        Math.floorDiv(nowNanos, 1_000_000_000L) * clockRate
            + Math.floorMod(nowNanos, 1_000_000_000L) * clockRate / 1_000_000_000L;
    long transit = (int) (arrival - packet.timestamp());
    if (received > 1) {
      long difference = Math.abs((int) (transit - lastTransit));
      // A step of the sender's clock is no jitter.
      if (difference < clockRate) {
        jitter += (difference - jitter) / 16;
      }
    }
    lastTransit = transit;
  }

  void senderReport(long ntp, long nowNanos) {
    lastReportNtp = ntp;
    lastReportNanos = nowNanos;
  }

  /** The block of the next report; the fraction covers the time since the last call. */
  ReportBlock report(long nowNanos) {
    long expected = expected();
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    int fraction =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
    long sinceReport =
        lastReportNtp == 0
            ? 0
            : TimeUnit.NANOSECONDS.toMicros(nowNanos - lastReportNanos) * 65_536 / 1_000_000;
    return new ReportBlock(
        ssrc,
        fraction,
        (int) Math.max(-0x80_0000, Math.min(0x7F_FFFF, expected - received)),
        (int) highest,
        (int) jitter,
        (int) (lastReportNtp >> 16),
        (int) sinceReport);
  }

  long expected() {
    return first < 0 ? 0 : highest - first + 1;
  }

  long received() {
    return received;
  }

  /** In milliseconds. */
  double jitterMs() {
    return jitter * 1000 / clockRate;
  }
}

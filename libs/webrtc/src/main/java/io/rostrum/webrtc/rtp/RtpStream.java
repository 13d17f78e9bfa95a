package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.payload.Codec;
import io.rostrum.webrtc.payload.CodedFrame;
import io.rostrum.webrtc.payload.Depacketizer;
import io.rostrum.webrtc.payload.H264Depacketizer;
import io.rostrum.webrtc.rtcp.ReportBlock;
import io.rostrum.webrtc.rtcp.RtcpPacket;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One stream of packets, from its SSRC to frames with times: order, repair, statistics. Belongs to
 * the session's thread.
 */
final class RtpStream {

  /** Missing video is asked for and waited for; missing audio can only be late. */
  private static final long VIDEO_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final long AUDIO_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
  private static final long RATE_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  // From 1900 to 1970, RFC 5905 figure 4; only differences count here.
  private static final long NTP_FRACTION = 1L << 32;

  private final int ssrc;
  private final Codec codec;
  private final String layer;
  private final ReceptionStatistics statistics;
  private final ReorderBuffer buffer;
  private final Depacketizer depacketizer;
  private final StreamClock clock;
  private final long firstNanos;
  private final boolean repairs;
  private long nowNanos;
  private long lastPacketNanos;
  private long windowNanos;
  private long windowBytes;
  private double bitsPerSecond;

  /**
   * @param layer its RID; empty where there is none
   * @param repairs whether missing packets can be asked for
   */
  RtpStream(
      int ssrc,
      Codec codec,
      String layer,
      boolean repairs,
      List<byte[]> parameterSets,
      long nowNanos,
      Consumer<MediaFrame> output) {
    this.ssrc = ssrc;
    this.codec = codec;
    this.layer = layer;
    this.repairs = repairs;
    this.firstNanos = nowNanos;
    this.windowNanos = nowNanos;
    this.lastPacketNanos = nowNanos;
    clock = new StreamClock(codec.clockRate());
    statistics = new ReceptionStatistics(ssrc, codec.clockRate());
    depacketizer = codec.depacketizer(frame -> output.accept(timed(frame)));
    if (depacketizer instanceof H264Depacketizer h264) {
      h264.parameterSets(parameterSets);
    }
    buffer =
        new ReorderBuffer(
            new ReorderBuffer.Output() {
              @Override
              public void packet(RtpPacket packet) {
                depacketizer.receive(packet);
              }

              @Override
              public boolean begins(RtpPacket packet) {
                return depacketizer.begins(packet);
              }

              @Override
              public void lost(int packets) {
                depacketizer.lost();
              }
            },
            repairs ? VIDEO_PATIENCE_NANOS : AUDIO_PATIENCE_NANOS);
  }

  private MediaFrame timed(CodedFrame frame) {
    long timeUs = clock.timeUs(frame.timestamp(), TimeUnit.NANOSECONDS.toMicros(nowNanos));
    return new MediaFrame(codec, timeUs, frame.key(), frame.data());
  }

  /** A packet that came on this stream itself. */
  void packet(RtpPacket packet, long now) {
    nowNanos = now;
    lastPacketNanos = now;
    statistics.packet(packet, now);
    count(packet.bytes().length);
    buffer.add(packet, now);
  }

  /** A packet that came as a repair, on another stream. */
  void repair(RtpPacket packet, long now) {
    nowNanos = now;
    count(packet.bytes().length);
    buffer.add(packet, now);
  }

  private void count(int bytes) {
    windowBytes += bytes;
    long passed = nowNanos - windowNanos;
    if (passed >= RATE_WINDOW_NANOS) {
      bitsPerSecond = windowBytes * 8e9 / passed;
      windowBytes = 0;
      windowNanos = nowNanos;
    }
  }

  void tick(long now) {
    nowNanos = now;
    buffer.release(now);
  }

  void senderReport(RtcpPacket.SenderReport report, long now) {
    statistics.senderReport(report.ntp(), now);
    long seconds = report.ntp() >>> 32;
    long fraction = report.ntp() & 0xFFFF_FFFFL;
    clock.senderReport(
        seconds * 1_000_000 + fraction * 1_000_000 / NTP_FRACTION, report.timestamp());
  }

  OptionalLong aheadOfSenderUs() {
    return clock.aheadOfSenderUs();
  }

  void align(long aheadUs) {
    clock.align(aheadUs);
  }

  List<Integer> nacks(long now) {
    return repairs ? buffer.nacks(now) : List.of();
  }

  ReportBlock report(long now) {
    return statistics.report(now);
  }

  boolean needsKey() {
    return depacketizer.needsKey();
  }

  int ssrc() {
    return ssrc;
  }

  String layer() {
    return layer;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastPacketNanos() {
    return lastPacketNanos;
  }

  /** Over the last second or so. */
  double bitsPerSecond(long now) {
    return now - lastPacketNanos > 2 * RATE_WINDOW_NANOS ? 0 : bitsPerSecond;
  }

  TrackStatistics trackStatistics() {
    return new TrackStatistics(
        statistics.expected(),
        buffer.lostPackets(),
        buffer.repairedPackets(),
        buffer.duplicates(),
        depacketizer.droppedFrames(),
        statistics.jitterMs(),
        buffer.repairNanos() / 1e6);
  }
}

package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.rtcp.ReportBlock;
import io.rostrum.webrtc.rtcp.RtcpPacket;
import io.rostrum.webrtc.rtcp.RtcpWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One media section: its streams, of which one is used. With simulcast that is the one with most
 * bits, as long as it flows; it is changed at a key frame. Belongs to the session's thread.
 */
public final class TrackReceiver {

  private static final int MAX_STREAMS = 8;
  private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long RAISE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final double RAISE_FACTOR = 1.3;
  // RFC 4585 and every encoder's good: not one key frame behind the other.
  private static final long KEY_REQUEST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long KEY_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
  // The first frame is a key frame that need not be asked for, once it is here.
  private static final long FIRST_KEY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final TrackFormat format;
  private final Consumer<MediaFrame> output;
  private final Map<Integer, RtpStream> streams = new LinkedHashMap<>();
  private final Map<Integer, Integer> repairOf = new HashMap<>();
  private RtpStream current;
  private RtpStream candidate;
  private long candidateNanos;
  private boolean keyWanted;
  private long keyRequestNanos;
  private boolean keyRequested;
  private long lastTimeUs = Long.MIN_VALUE;
  private TrackStatistics forgotten = TrackStatistics.NONE;

  public TrackReceiver(TrackFormat format, Consumer<MediaFrame> output) {
    this.format = format;
    this.output = output;
    repairOf.putAll(format.repairOf());
  }

  public TrackFormat format() {
    return format;
  }

  /** Whether a payload type belongs to this section. */
  public boolean takes(int payloadType) {
    return payloadType == format.payloadType() || payloadType == format.repairType();
  }

  /** Whether packets of a stream belong to this section. */
  public boolean knows(int ssrc) {
    return streams.containsKey(ssrc) || repairOf.containsKey(ssrc) || format.ssrcs().contains(ssrc);
  }

  /**
   * @param layer RID of the stream (or of the one it repairs); empty where the packet names none
   */
  public void packet(RtpPacket packet, String layer, long nowNanos) {
    if (packet.payloadType() == format.repairType()) {
      repair(packet, layer, nowNanos);
    } else if (packet.payloadType() == format.payloadType()) {
      RtpStream stream = stream(packet, layer, nowNanos);
      if (stream != null) {
        stream.packet(packet, nowNanos);
      }
    }
  }

  private RtpStream stream(RtpPacket packet, String layer, long nowNanos) {
    RtpStream known = streams.get(packet.ssrc());
    if (known != null || streams.size() >= MAX_STREAMS) {
      return known;
    }
    if (!format.layers().isEmpty() && !format.layers().contains(layer)) {
      return null; // not yet known which layer it is
    }
    RtpStream[] self = new RtpStream[1];
    RtpStream made =
        new RtpStream(
            packet.ssrc(),
            format.codec(),
            layer,
            format.nack(),
            format.parameterSets(),
            nowNanos,
            frame -> frame(self[0], frame));
    self[0] = made;
    streams.put(packet.ssrc(), made);
    if (current == null) {
      current = made;
    } else if (format.layers().isEmpty()) {
      // The sender has begun anew with another SSRC.
      candidate = made;
    }
    return made;
  }

  private void repair(RtpPacket packet, String layer, long nowNanos) {
    Integer repaired = repairOf.get(packet.ssrc());
    if (repaired == null) {
      Optional<RtpStream> found =
          streams.values().stream()
              .filter(stream -> streams.size() == 1 || stream.layer().equals(layer))
              .findFirst();
      if (found.isEmpty()) {
        return;
      }
      repaired = found.get().ssrc();
      if (repairOf.size() < 4 * MAX_STREAMS) {
        repairOf.put(packet.ssrc(), repaired);
      }
    }
    RtpStream stream = streams.get(repaired);
    if (stream != null) {
      packet
          .original(format.payloadType(), repaired)
          .ifPresent(original -> stream.repair(original, nowNanos));
    }
  }

  private void frame(RtpStream from, MediaFrame frame) {
    if (from != current) {
      if (from != candidate || !frame.key() || frame.timeUs() <= lastTimeUs) {
        return;
      }
      current = from;
      candidate = null;
    }
    if (frame.key()) {
      keyWanted = false;
    }
    lastTimeUs = Math.max(lastTimeUs, frame.timeUs());
    output.accept(frame);
  }

  /** Gives up what is late, chooses the stream, and writes what is to be asked for. */
  public void tick(long nowNanos, RtcpWriter rtcp) {
    for (RtpStream stream : List.copyOf(streams.values())) {
      stream.tick(nowNanos);
      List<Integer> nacks = stream.nacks(nowNanos);
      if (!nacks.isEmpty()) {
        rtcp.nack(stream.ssrc(), nacks);
      }
      if (stream != current && nowNanos - stream.lastPacketNanos() > FORGET_NANOS) {
        streams.remove(stream.ssrc());
        forgotten = forgotten.plus(stream.trackStatistics());
      }
    }
    if (format.codec().video() && current != null) {
      choose(nowNanos);
      askForKey(nowNanos, rtcp);
    }
  }

  private void choose(long nowNanos) {
    if (format.layers().isEmpty()) {
      return;
    }
    RtpStream best = current;
    boolean silent = nowNanos - current.lastPacketNanos() > SILENT_NANOS;
    double toBeat = silent ? 0 : current.bitsPerSecond(nowNanos) * RAISE_FACTOR;
    for (RtpStream stream : streams.values()) {
      boolean flows = nowNanos - stream.lastPacketNanos() < SILENT_NANOS;
      if (stream != current && flows && stream.bitsPerSecond(nowNanos) > toBeat) {
        best = stream;
        toBeat = stream.bitsPerSecond(nowNanos);
      }
    }
    if (best == current) {
      candidate = null;
      candidateNanos = 0;
    } else if (candidateNanos == 0) {
      candidateNanos = nowNanos;
    }
    if (best != current && (silent || nowNanos - candidateNanos > RAISE_AFTER_NANOS)) {
      candidate = best;
    }
  }

  private void askForKey(long nowNanos, RtcpWriter rtcp) {
    RtpStream stream = candidate == null ? current : candidate;
    boolean lost = stream.needsKey() && nowNanos - stream.firstNanos() > FIRST_KEY_NANOS;
    if (!lost && !keyWanted && candidate == null) {
      keyRequested = false;
      return;
    }
    long wait = keyRequested ? KEY_PATIENCE_NANOS : KEY_REQUEST_NANOS;
    if (keyRequestNanos == 0 || nowNanos - keyRequestNanos >= wait) {
      keyRequestNanos = nowNanos;
      keyRequested = true;
      rtcp.pictureLoss(stream.ssrc());
    }
  }

  /** A key frame is wanted soon; asked for until it comes, by senders that listen. */
  public void wantKey() {
    keyWanted = true;
  }

  /** A report of the sender, if it is about a stream of this section. */
  public void senderReport(RtcpPacket.SenderReport report, long nowNanos) {
    RtpStream stream = streams.get(report.ssrc());
    if (stream != null) {
      stream.senderReport(report, nowNanos);
    }
  }

  /**
   * How far the shared clock is ahead of the sender's, going by this section; empty while unknown.
   */
  public OptionalLong aheadOfSenderUs() {
    return current == null ? OptionalLong.empty() : current.aheadOfSenderUs();
  }

  /** Moves all streams, by and by, to where the shared clock is ahead of the sender's by that. */
  public void align(long aheadUs) {
    streams.values().forEach(stream -> stream.align(aheadUs));
  }

  public List<ReportBlock> reports(long nowNanos) {
    List<ReportBlock> blocks = new ArrayList<>();
    streams.values().forEach(stream -> blocks.add(stream.report(nowNanos)));
    return blocks;
  }

  /** SSRC of the stream that is used; empty before the first packet. */
  public Optional<Integer> ssrc() {
    return Optional.ofNullable(current).map(RtpStream::ssrc);
  }

  /** RID of the stream that is used; empty without simulcast. */
  public String layer() {
    return current == null ? "" : current.layer();
  }

  /** Over all streams. */
  public TrackStatistics statistics() {
    TrackStatistics sum = forgotten;
    for (RtpStream stream : streams.values()) {
      sum = sum.plus(stream.trackStatistics());
    }
    return sum;
  }
}

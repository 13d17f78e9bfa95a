package io.rostrum.webrtc.payload;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * RFC 6184 in its non-interleaved mode: single NAL units, STAP-A, FU-A. Parameter sets are
 * remembered and put in front of an IDR picture that comes without, since each must decode on its
 * own.
 */
public final class H264Depacketizer extends VideoDepacketizer {

  private static final String FORMAT = "H.264 payload";
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int ACCESS_UNIT_DELIMITER = 9;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int MAX_UNITS = 1024;
  private static final int MAX_PARAMETER_SETS = 16;
  private static final int MAX_PARAMETER_SET_BYTES = 4096;

  private final PayloadBuffer fragment = new PayloadBuffer(FORMAT);
  private final List<byte[]> units = new ArrayList<>();
  private final List<byte[]> spsSeen = new ArrayList<>();
  private final List<byte[]> ppsSeen = new ArrayList<>();
  private boolean inFragment;
  private int unitBytes;

  H264Depacketizer(Consumer<CodedFrame> output) {
    super(output);
  }

  /** Parameter sets that SDP brought, {@code sprop-parameter-sets}. */
  public void parameterSets(List<byte[]> sets) {
    sets.stream().filter(set -> set.length > 0).forEach(this::remember);
  }

  @Override
  void clear() {
    fragment.clear();
    units.clear();
    inFragment = false;
    unitBytes = 0;
  }

  @Override
  boolean startsFrame(RtpPacket packet) {
    int type = packet.bytes()[packet.payloadOffset()] & 0x1F;
    if (type == STAP_A && packet.payloadLength() > 3) {
      type = packet.bytes()[packet.payloadOffset() + 3] & 0x1F;
    }
    return type == SPS || type == ACCESS_UNIT_DELIMITER;
  }

  @Override
  void add(RtpPacket packet) throws WebRtcException {
    byte[] bytes = packet.bytes();
    int at = packet.payloadOffset();
    int end = at + packet.payloadLength();
    int type = bytes[at] & 0x1F;
    if (type == FU_A) {
      addFragment(bytes, at, end);
      return;
    }
    if (inFragment) {
      throw WebRtcException.malformed(FORMAT, "fragmented unit without its end");
    }
    if (type == STAP_A) {
      addAggregate(bytes, at + 1, end);
    } else if (type >= 1 && type <= 23) {
      addUnit(Arrays.copyOfRange(bytes, at, end));
    } else {
      throw WebRtcException.unsupported(FORMAT, "packet type " + type);
    }
  }

  /** §5.7.1. */
  private void addAggregate(byte[] bytes, int from, int end) throws WebRtcException {
    int at = from;
    while (at < end) {
      int length = end - at < 2 ? 0 : (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
      if (length == 0 || length > end - at - 2) {
        throw WebRtcException.malformed(FORMAT, "aggregate longer than its packet");
      }
      addUnit(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
      at += 2 + length;
    }
  }

  /** §5.8: a NAL unit in several packets, its header in two halves. */
  private void addFragment(byte[] bytes, int at, int end) throws WebRtcException {
    if (end - at < 3) {
      throw WebRtcException.malformed(FORMAT, "fragment without content");
    }
    boolean start = (bytes[at + 1] & 0x80) != 0;
    boolean last = (bytes[at + 1] & 0x40) != 0;
    if (start == inFragment || start && last) {
      throw WebRtcException.malformed(FORMAT, "fragments out of order");
    }
    if (start) {
      fragment.clear();
      fragment.writeByte(bytes[at] & 0xE0 | bytes[at + 1] & 0x1F);
      inFragment = true;
    }
    fragment.write(bytes, at + 2, end - at - 2);
    if (last) {
      inFragment = false;
      addUnit(fragment.toByteArray());
    }
  }

  private void addUnit(byte[] unit) throws WebRtcException {
    if (units.size() >= MAX_UNITS) {
      throw WebRtcException.limit(FORMAT, "too many NAL units", MAX_UNITS);
    }
    unitBytes += 4 + unit.length;
    if (unitBytes > MAX_FRAME_BYTES) {
      throw WebRtcException.limit(FORMAT, "picture too long", MAX_FRAME_BYTES);
    }
    units.add(unit);
    remember(unit);
  }

  private void remember(byte[] unit) {
    int type = unit[0] & 0x1F;
    if (type == SPS && !contains(spsSeen, unit)) {
      // Another sequence: its picture parameter sets follow.
      spsSeen.clear();
      ppsSeen.clear();
    }
    List<byte[]> seen = type == SPS ? spsSeen : type == PPS ? ppsSeen : null;
    if (seen != null
        && unit.length <= MAX_PARAMETER_SET_BYTES
        && seen.size() < MAX_PARAMETER_SETS
        && !contains(seen, unit)) {
      seen.add(unit);
    }
  }

  private static boolean contains(List<byte[]> sets, byte[] unit) {
    return sets.stream().anyMatch(set -> Arrays.equals(set, unit));
  }

  @Override
  CodedFrame frame(int frameTimestamp) throws WebRtcException {
    if (inFragment) {
      throw WebRtcException.malformed(FORMAT, "fragmented unit without its end");
    }
    boolean key = has(IDR);
    boolean picture = units.stream().anyMatch(unit -> (unit[0] & 0x1F) <= IDR);
    List<byte[]> all = new ArrayList<>();
    if (key && !has(SPS)) {
      all.addAll(spsSeen);
    }
    if (key && !has(PPS)) {
      all.addAll(ppsSeen);
    }
    if (!picture) {
      // Parameter sets on their own; remembered.
      return null;
    }
    all.addAll(units);
    PayloadBuffer out = new PayloadBuffer(FORMAT);
    for (byte[] unit : all) {
      out.writeInt(unit.length);
      out.write(unit, 0, unit.length);
    }
    return new CodedFrame(frameTimestamp, key, out.toByteArray());
  }

  private boolean has(int type) {
    return units.stream().anyMatch(unit -> (unit[0] & 0x1F) == type);
  }
}

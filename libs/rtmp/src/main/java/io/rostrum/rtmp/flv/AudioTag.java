package io.rostrum.rtmp.flv;

import java.util.ArrayList;
import java.util.List;

/** Reads bodies of audio tags: FLV E.4.2 and E-RTMP v2 "Enhanced Audio". */
public final class AudioTag {

  private static final int EX_HEADER = 9;

  private static final int SEQUENCE_START = 0;
  private static final int CODED_FRAMES = 1;
  private static final int SEQUENCE_END = 2;
  private static final int MULTITRACK = 5;

  private AudioTag() {}

  /**
   * @param body the message's payload; the packets are slices of it
   * @return its packets: one, or one for each track; none if it is empty
   * @throws io.rostrum.rtmp.RtmpException if it is malformed
   */
  public static List<AudioPacket> read(byte[] body) {
    if (body.length == 0) {
      return List.of();
    }
    TagCursor cursor = new TagCursor(body, "audio");
    int first = cursor.u8();
    int soundFormat = first >> 4;
    return soundFormat == EX_HEADER
        ? enhanced(cursor, first & 0x0F)
        : List.of(legacy(cursor, soundFormat));
  }

  private static AudioPacket legacy(TagCursor cursor, int soundFormat) {
    AudioCodec codec = AudioCodec.ofLegacyId(soundFormat);
    if (codec != AudioCodec.AAC) {
      return packet(cursor, codec, PacketKind.CODED_FRAMES, 0, 0);
    }
    return packet(cursor, codec, kind(cursor.u8()), 0, 0);
  }

  private static List<AudioPacket> enhanced(TagCursor cursor, int firstType) {
    ModEx modEx = ModEx.read(cursor, firstType);
    if (modEx.packetType != MULTITRACK) {
      AudioCodec codec = AudioCodec.ofFourCc(cursor.u32());
      return List.of(packet(cursor, codec, kind(modEx.packetType), 0, modEx.timestampNanos));
    }
    List<AudioPacket> packets = new ArrayList<>();
    Multitrack.read(
        cursor,
        MULTITRACK,
        (type, fourCc, trackId) ->
            packets.add(
                packet(
                    cursor,
                    AudioCodec.ofFourCc(fourCc),
                    kind(type),
                    trackId,
                    modEx.timestampNanos)));
    return packets;
  }

  private static PacketKind kind(int type) {
    return switch (type) {
      case SEQUENCE_START -> PacketKind.SEQUENCE_START;
      case CODED_FRAMES -> PacketKind.CODED_FRAMES;
      case SEQUENCE_END -> PacketKind.SEQUENCE_END;
      default -> PacketKind.OTHER;
    };
  }

  private static AudioPacket packet(
      TagCursor cursor, AudioCodec codec, PacketKind kind, int trackId, int nanos) {
    return new AudioPacket(
        codec, kind, trackId, nanos, cursor.in, cursor.at, cursor.end - cursor.at);
  }
}

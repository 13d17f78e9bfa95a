package io.rostrum.rtmp.flv;

import java.util.ArrayList;
import java.util.List;

/** Reads bodies of video tags: FLV E.4.3 and E-RTMP v2 "Enhanced Video". */
public final class VideoTag {

  private static final int KEYFRAME = 1;
  private static final int COMMAND_FRAME = 5;

  private static final int SEQUENCE_START = 0;
  private static final int CODED_FRAMES = 1;
  private static final int SEQUENCE_END = 2;
  private static final int CODED_FRAMES_X = 3;
  private static final int METADATA = 4;
  private static final int MULTITRACK = 6;

  private VideoTag() {}

  /**
   * @param body the message's payload; the packets are slices of it
   * @return its packets: one, or one for each track; none if it is empty or a command
   * @throws io.rostrum.rtmp.RtmpException if it is malformed
   */
  public static List<VideoPacket> read(byte[] body) {
    if (body.length == 0) {
      return List.of();
    }
    TagCursor cursor = new TagCursor(body, "video");
    int first = cursor.u8();
    int frameType = first >> 4 & 7;
    return (first & 0x80) != 0
        ? enhanced(cursor, frameType, first & 0x0F)
        : legacy(cursor, frameType, first & 0x0F);
  }

  private static List<VideoPacket> legacy(TagCursor cursor, int frameType, int codecId) {
    VideoCodec codec = VideoCodec.ofLegacyId(codecId);
    if (frameType == COMMAND_FRAME) {
      return List.of();
    }
    if (codec == VideoCodec.OTHER) {
      return List.of(packet(cursor, codec, PacketKind.CODED_FRAMES, 0, frameType, 0, 0));
    }
    int type = cursor.u8();
    // Only a frame's composition time means something; some senders end a sequence without one.
    int compositionTimeMs = type == SEQUENCE_END ? 0 : cursor.s24();
    PacketKind kind =
        switch (type) {
          case SEQUENCE_START -> PacketKind.SEQUENCE_START;
          case CODED_FRAMES -> PacketKind.CODED_FRAMES;
          case SEQUENCE_END -> PacketKind.SEQUENCE_END;
          default -> PacketKind.OTHER;
        };
    return List.of(packet(cursor, codec, kind, 0, frameType, compositionTimeMs, 0));
  }

  private static List<VideoPacket> enhanced(TagCursor cursor, int frameType, int firstType) {
    ModEx modEx = ModEx.read(cursor, firstType);
    if (modEx.packetType != METADATA && frameType == COMMAND_FRAME) {
      return List.of();
    }
    if (modEx.packetType != MULTITRACK) {
      int fourCc = cursor.u32();
      return List.of(body(cursor, modEx.packetType, fourCc, 0, frameType, modEx.timestampNanos));
    }
    List<VideoPacket> packets = new ArrayList<>();
    Multitrack.read(
        cursor,
        MULTITRACK,
        (type, fourCc, trackId) ->
            packets.add(body(cursor, type, fourCc, trackId, frameType, modEx.timestampNanos)));
    return packets;
  }

  private static VideoPacket body(
      TagCursor cursor, int type, int fourCc, int trackId, int frameType, int nanos) {
    VideoCodec codec = VideoCodec.ofFourCc(fourCc);
    int compositionTimeMs = type == CODED_FRAMES && codec.hasCompositionTime() ? cursor.s24() : 0;
    PacketKind kind =
        switch (type) {
          case SEQUENCE_START -> PacketKind.SEQUENCE_START;
          case CODED_FRAMES, CODED_FRAMES_X -> PacketKind.CODED_FRAMES;
          case SEQUENCE_END -> PacketKind.SEQUENCE_END;
          default -> PacketKind.OTHER;
        };
    return packet(cursor, codec, kind, trackId, frameType, compositionTimeMs, nanos);
  }

  private static VideoPacket packet(
      TagCursor cursor,
      VideoCodec codec,
      PacketKind kind,
      int trackId,
      int frameType,
      int compositionTimeMs,
      int nanos) {
    return new VideoPacket(
        codec,
        kind,
        trackId,
        frameType == KEYFRAME,
        compositionTimeMs,
        nanos,
        cursor.in,
        cursor.at,
        cursor.end - cursor.at);
  }
}

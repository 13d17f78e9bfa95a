package io.rostrum.rtmp.flv;

import io.rostrum.rtmp.RtmpException;

/**
 * The track headers of a multitrack tag, E-RTMP v2 "AvMultitrackType": laid out alike for audio and
 * video.
 *
 * <pre>
 *   type (4) packetType (4) | FourCC, unless one per track | { FourCC? | trackId (8) | size (24), unless one track | body }...
 * </pre>
 */
final class Multitrack {

  private static final int ONE_TRACK = 0;
  private static final int MANY_TRACKS = 1;
  private static final int MANY_TRACKS_MANY_CODECS = 2;

  /** As many as there are track ids: each costs an object, and four bytes are enough for one. */
  private static final int MAX_TRACKS = 256;

  /** Takes one track's body: the cursor stands at its start and ends at its end. */
  interface Body {
    void read(int packetType, int fourCc, int trackId);
  }

  private Multitrack() {}

  static void read(TagCursor cursor, int multitrackPacketType, Body body) {
    int first = cursor.u8();
    int type = first >> 4;
    int packetType = first & 0x0F;
    if (packetType == multitrackPacketType || packetType == ModEx.PACKET_TYPE) {
      throw RtmpException.malformed(cursor.at - 1, "multitrack tag inside a multitrack tag");
    }
    if (type > MANY_TRACKS_MANY_CODECS) {
      throw RtmpException.unsupported(cursor.at - 1, "multitrack type " + type);
    }
    int fourCc = type == MANY_TRACKS_MANY_CODECS ? 0 : cursor.u32();
    int end = cursor.end;
    int tracks = 0;
    do {
      if (++tracks > MAX_TRACKS) {
        throw RtmpException.malformed(cursor.at, "more tracks than there are track ids");
      }
      if (type == MANY_TRACKS_MANY_CODECS) {
        fourCc = cursor.u32();
      }
      int trackId = cursor.u8();
      if (type != ONE_TRACK) {
        int size = cursor.u24();
        cursor.need(size);
        cursor.end = cursor.at + size;
      }
      body.read(packetType, fourCc, trackId);
      cursor.at = cursor.end;
      cursor.end = end;
    } while (type >= MANY_TRACKS && cursor.hasMore());
  }
}

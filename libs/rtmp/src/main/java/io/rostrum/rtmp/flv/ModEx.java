package io.rostrum.rtmp.flv;

/**
 * ModEx prefixes of an enhanced tag, E-RTMP v2 "ExVideoTagHeader" and "ExAudioTagHeader": laid out
 * alike for both.
 *
 * <pre>
 *   { size - 1 (8; 255: 16 more) | data | modExType (4) packetType (4) } while packetType is ModEx
 * </pre>
 */
final class ModEx {

  /** Packet type that announces a prefix, in both tables. */
  static final int PACKET_TYPE = 7;

  private static final int TIMESTAMP_OFFSET_NANO = 0;

  final int packetType;
  final int timestampNanos;

  private ModEx(int packetType, int timestampNanos) {
    this.packetType = packetType;
    this.timestampNanos = timestampNanos;
  }

  /**
   * @param packetType from the tag's first byte
   * @return the first packet type that is not ModEx, and what the prefixes said
   */
  static ModEx read(TagCursor cursor, int packetType) {
    int nanos = 0;
    int type = packetType;
    while (type == PACKET_TYPE) {
      int size = cursor.u8() + 1;
      if (size == 256) {
        size = cursor.u16() + 1;
      }
      cursor.need(size);
      int data = cursor.at;
      cursor.skip(size);
      int next = cursor.u8();
      if (next >> 4 == TIMESTAMP_OFFSET_NANO && size >= 3) {
        nanos =
            (cursor.in[data] & 0xFF) << 16
                | (cursor.in[data + 1] & 0xFF) << 8
                | cursor.in[data + 2] & 0xFF;
        // More than a millisecond belongs into the message's timestamp.
        nanos = Math.min(nanos, 999_999);
      }
      type = next & 0x0F;
    }
    return new ModEx(type, nanos);
  }
}

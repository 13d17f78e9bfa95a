package io.rostrum.rtmp.flv;

import java.util.Arrays;

/**
 * One video packet; a slice of the message that brought it.
 *
 * @param trackId 0 unless the tag is a multitrack one
 * @param keyframe what the FLV header claims; the bitstream knows better
 * @param compositionTimeMs presentation minus decode time, signed
 * @param timestampNanos to be added to the presentation time, 0 to 999999; 0 unless sent by ModEx
 * @param buffer the message's payload; must not be changed
 */
public record VideoPacket(
    VideoCodec codec,
    PacketKind kind,
    int trackId,
    boolean keyframe,
    int compositionTimeMs,
    int timestampNanos,
    byte[] buffer,
    int offset,
    int length) {

  /** A copy of the packet's data. */
  public byte[] data() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}

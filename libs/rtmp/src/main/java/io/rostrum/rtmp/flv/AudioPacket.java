package io.rostrum.rtmp.flv;

import java.util.Arrays;

/**
 * One audio packet; a slice of the message that brought it. Sample rate and channels of the FLV
 * header are left out on purpose: for AAC they are fixed nonsense, the decoder configuration tells.
 *
 * @param trackId 0 unless the tag is a multitrack one
 * @param timestampNanos to be added to the presentation time, 0 to 999999; 0 unless sent by ModEx
 * @param buffer the message's payload; must not be changed
 */
public record AudioPacket(
    AudioCodec codec,
    PacketKind kind,
    int trackId,
    int timestampNanos,
    byte[] buffer,
    int offset,
    int length) {

  /** A copy of the packet's data. */
  public byte[] data() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}

package io.rostrum.rtmp.message;

import io.rostrum.rtmp.RtmpException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes an aggregate message apart, RTMP 1.0 §7.1.6. Its parts look like FLV tags:
 *
 * <pre>
 *   type (1) | size (3) | timestamp (3, low bits; 1, high bits) | stream id (3) | payload | back pointer (4)
 * </pre>
 */
final class AggregateSplitter {

  private static final int HEADER_BYTES = 11;
  private static final int BACK_POINTER_BYTES = 4;

  private AggregateSplitter() {}

  static void split(RawMessage aggregate, Consumer<RawMessage> parts) {
    byte[] in = aggregate.payload();
    int at = 0;
    long firstTimestampMs = -1;
    while (at < in.length) {
      if (in.length - at < HEADER_BYTES) {
        throw RtmpException.malformed(at, "aggregate ends inside a message header");
      }
      int typeId = in[at] & 0xFF;
      int size = u24(in, at + 1);
      long timestampMs = (in[at + 7] & 0xFFL) << 24 | u24(in, at + 4);
      int body = at + HEADER_BYTES;
      if (size > in.length - body) {
        throw RtmpException.malformed(at, "aggregate holds a message longer than itself");
      }
      if (typeId == MessageType.AGGREGATE) {
        throw RtmpException.malformed(at, "aggregate inside an aggregate");
      }
      if (firstTimestampMs < 0) {
        firstTimestampMs = timestampMs;
      }
      // The parts' own timestamps only count relative to the first: it happened at the aggregate's.
      long renormalized = aggregate.timestampMs() + timestampMs - firstTimestampMs & 0xFFFF_FFFFL;
      parts.accept(
          new RawMessage(
              aggregate.chunkStreamId(),
              typeId,
              aggregate.messageStreamId(),
              renormalized,
              Arrays.copyOfRange(in, body, body + size)));
      // The last back pointer may be missing.
      at = Math.min(in.length, body + size + BACK_POINTER_BYTES);
    }
  }

  private static int u24(byte[] in, int at) {
    return (in[at] & 0xFF) << 16 | (in[at + 1] & 0xFF) << 8 | in[at + 2] & 0xFF;
  }
}

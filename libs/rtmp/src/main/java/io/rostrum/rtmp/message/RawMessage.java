package io.rostrum.rtmp.message;

import java.util.Objects;

/**
 * One message as the chunk stream carries it: header fields and undecoded payload.
 *
 * @param chunkStreamId the chunk stream it came or goes on, 2 to 65599
 * @param typeId message type, one of {@link MessageType}'s constants or something unknown
 * @param messageStreamId 0 for the connection, otherwise what {@code createStream} gave
 * @param timestampMs milliseconds on the sender's clock modulo 2^32, 0 to 4294967295
 * @param payload owned by this message; not copied, must not be changed
 */
public record RawMessage(
    int chunkStreamId, int typeId, int messageStreamId, long timestampMs, byte[] payload) {

  public RawMessage {
    Objects.requireNonNull(payload, "payload");
    if (timestampMs < 0 || timestampMs > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("timestampMs must fit 32 bits, is " + timestampMs);
    }
  }
}

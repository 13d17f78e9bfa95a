package io.rostrum.rtmp.message;

import io.rostrum.rtmp.amf0.Amf0Value;
import java.util.List;
import java.util.Objects;

/** A decoded message. Aggregates never appear here: {@link MessageReader} takes them apart. */
public sealed interface Message {

  /** RTMP 1.0 §5.4.1. {@link io.rostrum.rtmp.chunk.ChunkReader} has obeyed it already. */
  record SetChunkSize(int bytes) implements Message {}

  /** RTMP 1.0 §5.4.2. {@link io.rostrum.rtmp.chunk.ChunkReader} has obeyed it already. */
  record Abort(int chunkStreamId) implements Message {}

  /**
   * RTMP 1.0 §5.4.3.
   *
   * @param sequenceNumber bytes the peer has received, modulo 2^32
   */
  record Acknowledgement(long sequenceNumber) implements Message {}

  /** RTMP 1.0 §5.4.4. */
  record WindowAckSize(long bytes) implements Message {}

  /**
   * RTMP 1.0 §5.4.5.
   *
   * @param limitType 0 hard, 1 soft, 2 dynamic
   */
  record SetPeerBandwidth(long bytes, int limitType) implements Message {}

  /**
   * RTMP 1.0 §7.1.7.
   *
   * @param event one of the constants here, or something unknown, which is to be ignored
   * @param data the event's first 32-bit field: a stream id, or a ping's timestamp
   */
  record UserControl(int event, long data) implements Message {
    public static final int STREAM_BEGIN = 0;
    public static final int STREAM_EOF = 1;
    public static final int SET_BUFFER_LENGTH = 3;
    public static final int PING_REQUEST = 6;
    public static final int PING_RESPONSE = 7;
  }

  /**
   * A remote call or the answer to one, RTMP 1.0 §7.1.1.
   *
   * @param name of the procedure, {@code _result}, {@code _error} or {@code onStatus}
   * @param transactionId 0 where no answer is expected
   * @param arguments all that follows, the command object first
   */
  record Command(int messageStreamId, String name, double transactionId, List<Amf0Value> arguments)
      implements Message {
    public Command {
      Objects.requireNonNull(name, "name");
      arguments = List.copyOf(arguments);
    }

    /** The argument at {@code index}, undefined if there are fewer; 0 is the command object. */
    public Amf0Value argument(int index) {
      return index < arguments.size() ? arguments.get(index) : Amf0Value.UNDEFINED;
    }
  }

  /** Metadata, RTMP 1.0 §7.1.2. */
  record Data(long timestampMs, List<Amf0Value> values) implements Message {
    public Data {
      values = List.copyOf(values);
    }
  }

  /**
   * RTMP 1.0 §7.1.4.
   *
   * @param timestampMs modulo 2^32
   * @param payload an FLV audio tag's body; owned by this message, must not be changed
   */
  record Audio(int messageStreamId, long timestampMs, byte[] payload) implements Message {}

  /**
   * RTMP 1.0 §7.1.5.
   *
   * @param timestampMs modulo 2^32
   * @param payload an FLV video tag's body; owned by this message, must not be changed
   */
  record Video(int messageStreamId, long timestampMs, byte[] payload) implements Message {}

  /** Anything else: shared objects, types nobody has defined. To be ignored. */
  record Unknown(int typeId, int payloadBytes) implements Message {}
}

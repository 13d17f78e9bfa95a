package io.rostrum.rtmp.message;

import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Reader;
import io.rostrum.rtmp.amf0.Amf0Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Decodes messages. Stateless apart from its limits. */
public final class MessageReader {

  private final RtmpLimits limits;

  public MessageReader(RtmpLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Decodes {@code raw} and hands on what it says: one message, or for an aggregate as many as it
   * holds.
   *
   * @throws RtmpException if the payload is not what its type demands
   */
  public void read(RawMessage raw, Consumer<Message> messages) {
    if (raw.typeId() == MessageType.AGGREGATE) {
      AggregateSplitter.split(raw, part -> messages.accept(read(part)));
    } else {
      messages.accept(read(raw));
    }
  }

  private Message read(RawMessage raw) {
    byte[] payload = raw.payload();
    switch (raw.typeId()) {
      case MessageType.AUDIO:
        return new Message.Audio(raw.messageStreamId(), raw.timestampMs(), payload);
      case MessageType.VIDEO:
        return new Message.Video(raw.messageStreamId(), raw.timestampMs(), payload);
      case MessageType.SET_CHUNK_SIZE:
        return new Message.SetChunkSize((int) u32(payload, 0));
      case MessageType.ABORT:
        return new Message.Abort((int) u32(payload, 0));
      case MessageType.ACKNOWLEDGEMENT:
        return new Message.Acknowledgement(u32(payload, 0));
      case MessageType.WINDOW_ACK_SIZE:
        return new Message.WindowAckSize(u32(payload, 0));
      case MessageType.SET_PEER_BANDWIDTH:
        // RTMP 1.0 §5.4.5; some senders leave the limit type out: dynamic.
        return new Message.SetPeerBandwidth(
            u32(payload, 0), payload.length > 4 ? payload[4] & 0xFF : 2);
      case MessageType.USER_CONTROL:
        return userControl(payload);
      case MessageType.COMMAND_AMF0:
        return command(raw, 0);
      case MessageType.COMMAND_AMF3:
        return command(raw, formatBytes(payload));
      case MessageType.DATA_AMF0:
        return data(raw, 0);
      case MessageType.DATA_AMF3:
        return data(raw, formatBytes(payload));
      default:
        return new Message.Unknown(raw.typeId(), payload.length);
    }
  }

  private static Message userControl(byte[] payload) {
    if (payload.length < 2) {
      throw RtmpException.malformed(0, "user control message of " + payload.length + " bytes");
    }
    int event = (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    // RTMP 1.0 §7.1.7 gives every event 32 bits; vendors' own events (31, 32) may have fewer.
    return new Message.UserControl(event, payload.length >= 6 ? u32(payload, 2) : 0);
  }

  private Message command(RawMessage raw, int from) {
    List<Amf0Value> values = amf(raw.payload(), from);
    String name =
        values.stream()
            .findFirst()
            .flatMap(Amf0Value::asText)
            .orElseThrow(() -> RtmpException.malformed(from, "command without a name"));
    double transactionId = values.size() > 1 ? values.get(1).asNumber().orElse(0) : 0;
    return new Message.Command(
        raw.messageStreamId(),
        name,
        transactionId,
        values.subList(Math.min(2, values.size()), values.size()));
  }

  /**
   * Metadata is a hint and nothing hangs on it: what cannot be read is passed over, unlike a
   * command.
   */
  private Message data(RawMessage raw, int from) {
    try {
      return new Message.Data(raw.timestampMs(), amf(raw.payload(), from));
    } catch (RtmpException ignored) {
      return new Message.Unknown(raw.typeId(), raw.payload().length);
    }
  }

  private List<Amf0Value> amf(byte[] payload, int from) {
    return new Amf0Reader(ByteBuffer.wrap(payload, from, payload.length - from), limits).readAll();
  }

  /**
   * The AMF3 message types start with a format byte 0, and what follows is AMF0; some senders
   * forget the byte.
   */
  private static int formatBytes(byte[] payload) {
    return payload.length > 0 && payload[0] == 0 ? 1 : 0;
  }

  private static long u32(byte[] payload, int at) {
    if (payload.length < at + 4) {
      throw RtmpException.malformed(at, "control message of " + payload.length + " bytes");
    }
    return ByteBuffer.wrap(payload).getInt(at) & 0xFFFF_FFFFL;
  }
}

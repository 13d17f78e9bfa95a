package io.rostrum.rtmp.message;

import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.amf0.Amf0Writer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Encodes messages, choosing the chunk stream each kind belongs on. */
public final class MessageWriter {

  // RTMP 1.0 §5.4 wants protocol control on 2; the others are what everyone uses.
  private static final int CONTROL = 2;
  private static final int COMMANDS = 3;
  private static final int AUDIO = 4;
  private static final int DATA = 5;
  private static final int VIDEO = 6;

  private MessageWriter() {}

  /**
   * @throws IllegalArgumentException for {@link Message.Unknown}, which keeps no payload
   */
  public static RawMessage write(Message message) {
    if (message instanceof Message.SetChunkSize m) {
      return control(MessageType.SET_CHUNK_SIZE, bytes(4).putInt(m.bytes()));
    } else if (message instanceof Message.Abort m) {
      return control(MessageType.ABORT, bytes(4).putInt(m.chunkStreamId()));
    } else if (message instanceof Message.Acknowledgement m) {
      return control(MessageType.ACKNOWLEDGEMENT, bytes(4).putInt((int) m.sequenceNumber()));
    } else if (message instanceof Message.WindowAckSize m) {
      return control(MessageType.WINDOW_ACK_SIZE, bytes(4).putInt((int) m.bytes()));
    } else if (message instanceof Message.SetPeerBandwidth m) {
      return control(
          MessageType.SET_PEER_BANDWIDTH,
          bytes(5).putInt((int) m.bytes()).put((byte) m.limitType()));
    } else if (message instanceof Message.UserControl m) {
      return control(
          MessageType.USER_CONTROL, bytes(6).putShort((short) m.event()).putInt((int) m.data()));
    } else if (message instanceof Message.Command m) {
      List<Amf0Value> values = new ArrayList<>();
      values.add(Amf0Value.of(m.name()));
      values.add(Amf0Value.of(m.transactionId()));
      values.addAll(m.arguments());
      return new RawMessage(
          COMMANDS, MessageType.COMMAND_AMF0, m.messageStreamId(), 0, Amf0Writer.write(values));
    } else if (message instanceof Message.Data m) {
      return new RawMessage(
          DATA, MessageType.DATA_AMF0, 1, m.timestampMs(), Amf0Writer.write(m.values()));
    } else if (message instanceof Message.Audio m) {
      return new RawMessage(
          AUDIO, MessageType.AUDIO, m.messageStreamId(), m.timestampMs(), m.payload());
    } else if (message instanceof Message.Video m) {
      return new RawMessage(
          VIDEO, MessageType.VIDEO, m.messageStreamId(), m.timestampMs(), m.payload());
    }
    throw new IllegalArgumentException("cannot write " + message);
  }

  private static RawMessage control(int typeId, ByteBuffer payload) {
    return new RawMessage(CONTROL, typeId, 0, 0, payload.array());
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length);
  }
}

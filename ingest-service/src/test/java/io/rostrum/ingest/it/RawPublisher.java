package io.rostrum.ingest.it;

import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.chunk.ChunkReader;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageReader;
import io.rostrum.rtmp.message.MessageWriter;
import io.rostrum.rtmp.message.RawMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A publisher made of the codec itself, to see what the server says. */
final class RawPublisher implements AutoCloseable {

  private final Socket socket;
  private final ChunkWriter writer = new ChunkWriter();
  private final ChunkReader chunks = new ChunkReader(RtmpLimits.defaults());
  private final MessageReader messages = new MessageReader(RtmpLimits.defaults());
  private final List<Message> received = new ArrayList<>();

  RawPublisher(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    byte[] hello = new byte[1537];
    hello[0] = 3;
    socket.getOutputStream().write(hello);
    socket.getInputStream().readNBytes(1 + 2 * 1536);
    socket.getOutputStream().write(new byte[1536]);
  }

  /** connect, createStream and publish; returns the status that answers. */
  Message.Command publish(String name) throws IOException {
    return publish(name, Map.of());
  }

  /**
   * @param connect further members of the command object of connect
   */
  Message.Command publish(String name, Map<String, Amf0Value> connect) throws IOException {
    Map<String, Amf0Value> members = new LinkedHashMap<>(connect);
    members.put("app", Amf0Value.of("live"));
    call("connect", 1, new Amf0Value.Obj(members));
    call("createStream", 2, Amf0Value.NULL);
    send(
        new Message.Command(
            1, "publish", 3, List.of(Amf0Value.NULL, Amf0Value.of(name), Amf0Value.of("live"))));
    return status();
  }

  private void call(String name, double transaction, Amf0Value argument) throws IOException {
    send(new Message.Command(0, name, transaction, List.of(argument)));
  }

  void send(Message message) throws IOException {
    socket.getOutputStream().write(writer.write(MessageWriter.write(message)));
  }

  /** Each byte in a packet of its own, as far as the system lets it. */
  void sendByteByByte(Message message) throws IOException {
    socket.setTcpNoDelay(true);
    for (byte one : writer.write(MessageWriter.write(message))) {
      socket.getOutputStream().write(one);
    }
  }

  /** The beginning of a message, and no more of it. */
  void sendPart(Message message, int bytes) throws IOException {
    socket
        .getOutputStream()
        .write(Arrays.copyOf(writer.write(MessageWriter.write(message)), bytes));
  }

  /** As old librtmp and FFmpeg did: type 3 chunks without the extended timestamp. */
  void sendWithoutRepetition(Message message) throws IOException {
    RawMessage raw = MessageWriter.write(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] payload = raw.payload();
    out.write(raw.chunkStreamId());
    boolean extended = raw.timestampMs() >= 0xFFFFFF;
    int field = extended ? 0xFFFFFF : (int) raw.timestampMs();
    out.writeBytes(new byte[] {(byte) (field >> 16), (byte) (field >> 8), (byte) field});
    int size = payload.length;
    out.writeBytes(new byte[] {(byte) (size >> 16), (byte) (size >> 8), (byte) size});
    out.write(raw.typeId());
    out.writeBytes(ByteBuffer.allocate(4).putInt(Integer.reverseBytes(1)).array());
    if (extended) {
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) raw.timestampMs()).array());
    }
    for (int at = 0; at < size; at += ChunkReader.DEFAULT_CHUNK_SIZE) {
      if (at > 0) {
        out.write(0xC0 | raw.chunkStreamId());
      }
      out.write(payload, at, Math.min(ChunkReader.DEFAULT_CHUNK_SIZE, size - at));
    }
    sendRaw(out.toByteArray());
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next onStatus. */
  Message.Command status() throws IOException {
    return (Message.Command)
        await(m -> m instanceof Message.Command c && c.name().equals("onStatus"));
  }

  static String code(Message.Command status) {
    return status.argument(1).member("code").flatMap(Amf0Value::asText).orElse("");
  }

  static String description(Message.Command status) {
    return status.argument(1).member("description").flatMap(Amf0Value::asText).orElse("");
  }

  private Message await(Predicate<Message> wanted) throws IOException {
    while (true) {
      for (int i = 0; i < received.size(); i++) {
        if (wanted.test(received.get(i))) {
          Message found = received.get(i);
          received.subList(0, i + 1).clear();
          return found;
        }
      }
      byte[] buffer = new byte[4096];
      InputStream in = socket.getInputStream();
      int n = in.read(buffer);
      if (n < 0) {
        throw new AssertionError("connection closed; received " + received);
      }
      chunks.receive(ByteBuffer.wrap(buffer, 0, n), raw -> messages.read(raw, received::add));
    }
  }

  /**
   * Ends the connection behind all that was sent: closing at once may throw away what is on its
   * way.
   */
  void finish() throws IOException {
    socket.shutdownOutput();
    isClosedByServer();
  }

  /** Whether the server closes the connection. */
  boolean isClosedByServer() throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // What it still has to say.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

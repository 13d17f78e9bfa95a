package io.rostrum.ingest.it;

import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.chunk.ChunkReader;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageReader;
import io.rostrum.rtmp.message.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    call("connect", 1, new Amf0Value.Obj(Map.of("app", Amf0Value.of("live"))));
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

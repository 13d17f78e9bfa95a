package io.rostrum.benchmarks.ingest;

import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One publisher of a clip: connects as librtmp does, then sends what is due. One thread. */
public final class Publisher implements AutoCloseable {
  private static final int HANDSHAKE_BYTES = 1536;
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Clip clip;
  private final ByteBuffer answers = ByteBuffer.allocateDirect(16 * 1024);
  private final Consumer<Clip.Timed> sent;
  private long startNanos;
  private int next;
  private ByteBuffer pending;

  /** Connects and is let in. */
  Publisher(int port, String app, String key, Clip clip) throws IOException {
    this(port, app, key, clip, write -> {});
  }

  /**
   * Connects and is let in.
   *
   * @param sent told of each write when the system has taken its last byte
   */
  public Publisher(int port, String app, String key, Clip clip, Consumer<Clip.Timed> sent)
      throws IOException {
    this.clip = clip;
    this.sent = sent;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    handshake();
    ChunkWriter writer = new ChunkWriter();
    send(writer, new Message.SetChunkSize(Clip.CHUNK_BYTES));
    Amf0Value connect =
        new Amf0Value.Obj(
            Map.of(
                "app", Amf0Value.of(app),
                "type", Amf0Value.of("nonprivate"),
                "flashVer", Amf0Value.of("FMLE/3.0 (compatible; load)"),
                "tcUrl", Amf0Value.of("rtmp://127.0.0.1:" + port + "/" + app)));
    send(writer, new Message.Command(0, "connect", 1, List.of(connect)));
    send(writer, new Message.Command(0, "createStream", 2, List.of(Amf0Value.NULL)));
    awaitAnswer("_result", 2);
    send(
        writer,
        new Message.Command(
            1, "publish", 3, List.of(Amf0Value.NULL, Amf0Value.of(key), Amf0Value.of("live"))));
    awaitAnswer("NetStream.Publish.Start", 1);
    channel.configureBlocking(false);
  }

  /**
   * @param nanos when the clip's time 0 is, on {@link System#nanoTime()}
   */
  public void startAt(long nanos) {
    startNanos = nanos;
  }

  /**
   * Sends all that is due, as far as the connection takes it.
   *
   * @return how far behind its own time it is, in milliseconds
   * @throws IOException if the server closed the connection
   */
  public long sendDue(long nowNanos) throws IOException {
    answers.clear();
    if (channel.read(answers) < 0) {
      throw new IOException("the server closed the connection");
    }
    long dueMs = (nowNanos - startNanos) / 1_000_000;
    while (true) {
      if (pending == null) {
        if (next == clip.writes().size() || clip.writes().get(next).timestampMs() > dueMs) {
          return 0;
        }
        pending = clip.writes().get(next).bytes().duplicate();
      }
      channel.write(pending);
      if (pending.hasRemaining()) {
        return dueMs - clip.writes().get(next).timestampMs();
      }
      pending = null;
      sent.accept(clip.writes().get(next));
      next++;
    }
  }

  private void handshake() throws IOException {
    ByteBuffer hello = ByteBuffer.allocate(1 + HANDSHAKE_BYTES);
    hello.put(0, (byte) 3);
    writeFully(hello);
    ByteBuffer answer = ByteBuffer.allocate(1 + 2 * HANDSHAKE_BYTES);
    while (answer.hasRemaining()) {
      if (channel.read(answer) < 0) {
        throw new IOException("the server closed the connection in the handshake");
      }
    }
    writeFully(answer.flip().position(1).limit(1 + HANDSHAKE_BYTES));
  }

  private void send(ChunkWriter writer, Message message) throws IOException {
    writeFully(ByteBuffer.wrap(writer.write(MessageWriter.write(message))));
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads until the answer's text has come so often; what else comes does not matter here. */
  private void awaitAnswer(String text, int times) throws IOException {
    StringBuilder said = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (said.toString().split(text, -1).length - 1 < times) {
      buffer.clear();
      if (channel.read(buffer) < 0 || said.length() > MAX_ANSWER_BYTES) {
        throw new IOException("refused: " + said.toString().replaceAll("[^ -~]+", " "));
      }
      said.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

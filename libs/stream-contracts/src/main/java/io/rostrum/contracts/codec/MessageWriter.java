package io.rostrum.contracts.codec;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One direction of the protocol, the sender's end. Safe for use by several threads; a message is
 * written whole.
 *
 * @param <M> {@link WorkerRequest} or {@link WorkerReply}
 */
abstract class MessageWriter<M> implements Closeable {
  static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private final FrameOutput frame = new FrameOutput();

  MessageWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  abstract void encode(M message, FrameOutput frame);

  /**
   * Writes a message into the buffer; {@link #flush} sends it. Blocks while the other side is
   * behind.
   *
   * @throws WorkerProtocolException if the message is too large for a frame; nothing of it is sent
   */
  public synchronized void write(M message) throws IOException {
    encode(message, frame);
    frame.writeTo(out);
  }

  /** Sends everything written so far. */
  public synchronized void flush() throws IOException {
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}

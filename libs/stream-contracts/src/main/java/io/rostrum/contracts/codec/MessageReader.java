package io.rostrum.contracts.codec;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * One direction of the protocol, the receiver's end. For one thread.
 *
 * @param <M> {@link WorkerRequest} or {@link WorkerReply}
 */
abstract class MessageReader<M> implements Closeable {
  private final String what;
  private final InputStream in;
  private final FrameInput frame;

  /**
   * @param what names a message in errors
   */
  MessageReader(String what, InputStream in) {
    this.what = what;
    this.in = new BufferedInputStream(in, MessageWriter.BUFFER_BYTES);
    this.frame = new FrameInput(this.in);
  }

  /** Reads the fields of a message; what its own checks refuse may be left to the caller. */
  abstract M decode(int type, FrameInput frame) throws WorkerProtocolException;

  /**
   * Waits for the next message.
   *
   * @return the message, or null at the end of the stream
   * @throws WorkerProtocolException if it is malformed or cut off; nothing can be read after it
   */
  public M read() throws IOException {
    int type = frame.next();
    if (type < 0) {
      return null;
    }
    try {
      M message = decode(type, frame);
      frame.end();
      return message;
    } catch (IllegalArgumentException e) {
      throw new WorkerProtocolException(what + " of type " + type + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.rostrum.contracts.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one frame at a time and its fields. Memory follows the bytes that came, not the length that
 * was claimed.
 */
final class FrameInput {
  private final InputStream in;
  private byte[] frame = new byte[0];
  private int at;

  FrameInput(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next frame.
   *
   * @return its type, or -1 at the end of the stream, which is clean only between two frames
   */
  int next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return -1;
    }
    byte[] rest = in.readNBytes(3);
    if (rest.length < 3) {
      throw new WorkerProtocolException("stream ended inside a frame's length");
    }
    int length = first << 24 | (rest[0] & 0xFF) << 16 | (rest[1] & 0xFF) << 8 | rest[2] & 0xFF;
    if (length < 1 || length > WorkerProtocol.MAX_FRAME_BYTES) {
      throw new WorkerProtocolException(
          "frame length "
              + Integer.toUnsignedString(length)
              + " is not within 1 to "
              + WorkerProtocol.MAX_FRAME_BYTES);
    }
    frame = in.readNBytes(length);
    if (frame.length < length) {
      throw new WorkerProtocolException(
          "stream ended " + (length - frame.length) + " bytes before the frame's end");
    }
    at = 0;
    return u8();
  }

  int u8() throws WorkerProtocolException {
    need(1);
    return frame[at++] & 0xFF;
  }

  boolean bool() throws WorkerProtocolException {
    int value = u8();
    if (value > 1) {
      throw new WorkerProtocolException("a flag is 0 or 1, not " + value);
    }
    return value == 1;
  }

  int i32() throws WorkerProtocolException {
    need(4);
    int value =
        (frame[at] & 0xFF) << 24
            | (frame[at + 1] & 0xFF) << 16
            | (frame[at + 2] & 0xFF) << 8
            | frame[at + 3] & 0xFF;
    at += 4;
    return value;
  }

  long i64() throws WorkerProtocolException {
    long high = i32();
    return high << 32 | i32() & 0xFFFF_FFFFL;
  }

  byte[] bytes(String what, int limit) throws WorkerProtocolException {
    int length = i32();
    if (length < 0 || length > limit) {
      throw new WorkerProtocolException(
          what
              + " of "
              + Integer.toUnsignedString(length)
              + " bytes is over the limit of "
              + limit);
    }
    need(length);
    byte[] value = Arrays.copyOfRange(frame, at, at + length);
    at += length;
    return value;
  }

  String name(String what) throws WorkerProtocolException {
    return new String(bytes(what, WorkerProtocol.MAX_NAME_BYTES), StandardCharsets.UTF_8);
  }

  String text(String what) throws WorkerProtocolException {
    return new String(bytes(what, WorkerProtocol.MAX_TEXT_BYTES), StandardCharsets.UTF_8);
  }

  void end() throws WorkerProtocolException {
    if (at != frame.length) {
      throw new WorkerProtocolException(
          "frame has " + (frame.length - at) + " bytes after its last field");
    }
    frame = new byte[0];
    at = 0;
  }

  private void need(int count) throws WorkerProtocolException {
    if (frame.length - at < count) {
      throw new WorkerProtocolException(
          "frame ends inside a field: "
              + count
              + " bytes wanted, "
              + (frame.length - at)
              + " left");
    }
  }
}

package io.rostrum.contracts.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds one frame in memory and writes it in one piece. Not safe for use by several threads at
 * once.
 */
final class FrameOutput {
  private static final int HEADER_BYTES = 4;

  private byte[] buffer = new byte[4096];
  private int size;

  void begin(int type) {
    size = HEADER_BYTES;
    u8(type);
  }

  void u8(int value) {
    room(1)[size++] = (byte) value;
  }

  void bool(boolean value) {
    u8(value ? 1 : 0);
  }

  void i32(int value) {
    put32(room(4), size, value);
    size += 4;
  }

  void i64(long value) {
    i32((int) (value >>> 32));
    i32((int) value);
  }

  void bytes(byte[] value) {
    i32(value.length);
    System.arraycopy(value, 0, room(value.length), size, value.length);
    size += value.length;
  }

  void name(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Free text: cut to the limit rather than refused, since it only informs. */
  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    bytes(
        utf8.length <= WorkerProtocol.MAX_TEXT_BYTES
            ? utf8
            : Arrays.copyOf(utf8, WorkerProtocol.MAX_TEXT_BYTES));
  }

  void writeTo(OutputStream out) throws IOException {
    int length = size - HEADER_BYTES;
    if (length > WorkerProtocol.MAX_FRAME_BYTES) {
      throw new WorkerProtocolException(
          "frame of " + length + " bytes is over the limit of " + WorkerProtocol.MAX_FRAME_BYTES);
    }
    put32(buffer, 0, length);
    out.write(buffer, 0, size);
  }

  private byte[] room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
    return buffer;
  }

  private static void put32(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }
}

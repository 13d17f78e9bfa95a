package io.rostrum.rtmp.chunk;

import io.rostrum.rtmp.message.MessageType;
import io.rostrum.rtmp.message.RawMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Cuts messages into chunks, RTMP 1.0 §5.3. Every message starts with a type 0 header: what a
 * server says to a publisher is a few hundred bytes a minute, and a full header is understood by
 * everyone.
 */
public final class ChunkWriter {

  private static final int EXTENDED = 0xFFFFFF;

  private int chunkSize = ChunkReader.DEFAULT_CHUNK_SIZE;

  /** The message as bytes to send. A Set Chunk Size message takes effect after itself. */
  public byte[] write(RawMessage message) {
    byte[] payload = message.payload();
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 32);
    boolean extended = message.timestampMs() >= EXTENDED;
    writeBasicHeader(out, 0, message.chunkStreamId());
    write24(out, extended ? EXTENDED : (int) message.timestampMs());
    write24(out, payload.length);
    out.write(message.typeId());
    write32(out, Integer.reverseBytes(message.messageStreamId()));
    int at = 0;
    while (true) {
      if (extended) {
        write32(out, (int) message.timestampMs());
      }
      int length = Math.min(chunkSize, payload.length - at);
      out.write(payload, at, length);
      at += length;
      if (at == payload.length) {
        break;
      }
      writeBasicHeader(out, 3, message.chunkStreamId());
    }
    if (message.typeId() == MessageType.SET_CHUNK_SIZE) {
      chunkSize = Math.max(1, Math.min(ByteBuffer.wrap(payload).getInt(), 0xFFFFFF));
    }
    return out.toByteArray();
  }

  private static void writeBasicHeader(ByteArrayOutputStream out, int format, int id) {
    // RTMP 1.0 §5.3.1.1
    if (id < 64) {
      out.write(format << 6 | id);
    } else if (id < 320) {
      out.write(format << 6);
      out.write(id - 64);
    } else {
      out.write(format << 6 | 1);
      out.write(id - 64 & 0xFF);
      out.write(id - 64 >> 8);
    }
  }

  private static void write24(ByteArrayOutputStream out, int value) {
    out.write(value >> 16);
    out.write(value >> 8);
    out.write(value);
  }

  private static void write32(ByteArrayOutputStream out, int value) {
    out.write(value >> 24);
    write24(out, value);
  }
}

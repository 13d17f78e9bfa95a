package io.rostrum.playback.segment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Bytes ready to be sent, never copied per viewer up to the socket. */
public sealed interface MediaBytes {
  /** Number of bytes. */
  long length();

  /**
   * A run of them.
   *
   * @param offset first byte
   * @param count how many, within {@link #length()}
   */
  MediaBytes slice(long offset, long count);

  /**
   * A copy on the heap. Blocks where they are in a file.
   *
   * @throws IOException if the file was evicted
   */
  byte[] read() throws IOException;

  /**
   * Bytes on the heap, shared by everybody who gets them: nobody writes to the buffers.
   *
   * @param buffers one behind the other
   */
  record OnHeap(List<Buffer> buffers) implements MediaBytes {
    public OnHeap {
      buffers = List.copyOf(buffers);
    }

    /** One buffer. */
    public OnHeap(Buffer buffer) {
      this(List.of(buffer));
    }

    /** All in one view, without a copy. */
    public Buffer joined() {
      if (buffers.size() == 1) {
        return buffers.get(0);
      }
      ByteBuf[] shared = buffers.stream().map(Buffer::getByteBuf).toArray(ByteBuf[]::new);
      return Buffer.buffer(Unpooled.wrappedBuffer(shared.length, shared));
    }

    @Override
    public long length() {
      return buffers.stream().mapToLong(Buffer::length).sum();
    }

    @Override
    public byte[] read() {
      Buffer all = Buffer.buffer((int) length());
      buffers.forEach(all::appendBuffer);
      return all.getBytes();
    }

    @Override
    public MediaBytes slice(long offset, long count) {
      List<Buffer> run = new java.util.ArrayList<>();
      long at = 0;
      for (Buffer buffer : buffers) {
        long from = Math.max(0, offset - at);
        long to = Math.min(buffer.length(), offset + count - at);
        if (from < to) {
          run.add(buffer.slice((int) from, (int) to));
        }
        at += buffer.length();
      }
      return new OnHeap(run);
    }
  }

  /**
   * Bytes in the page cache, sent by the kernel.
   *
   * @param file may be evicted at any time: whoever fails to open it asks again
   * @param offset first byte
   * @param length number of bytes
   */
  record InFile(Path file, long offset, long length) implements MediaBytes {
    @Override
    public byte[] read() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, offset + bytes.position()) < 0) {
            throw new EOFException("the spool file is shorter than it should be");
          }
        }
      }
      return bytes.array();
    }

    @Override
    public MediaBytes slice(long from, long count) {
      return new InFile(file, offset + from, count);
    }
  }
}

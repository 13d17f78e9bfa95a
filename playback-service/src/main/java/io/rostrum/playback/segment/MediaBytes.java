package io.rostrum.playback.segment;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
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

    @Override
    public long length() {
      return buffers.stream().mapToLong(Buffer::length).sum();
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
    public MediaBytes slice(long from, long count) {
      return new InFile(file, offset + from, count);
    }
  }
}

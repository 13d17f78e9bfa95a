package io.rostrum.playback.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment in the spool. Appended to by one thread, read by name by anybody. */
final class SpoolFile {
  private final Path path;
  private FileChannel channel;
  private volatile long bytes;
  private volatile boolean deleted;

  SpoolFile(Path path) throws IOException {
    this.path = path;
    this.channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  long bytes() {
    return bytes;
  }

  boolean deleted() {
    return deleted;
  }

  synchronized void append(ByteBuffer data) throws IOException {
    if (channel == null) {
      throw new IOException("the spool file is complete: " + path.getFileName());
    }
    long at = bytes;
    while (data.hasRemaining()) {
      at += channel.write(data, at);
    }
    bytes = at;
  }

  /** Nothing more is appended. */
  synchronized void complete() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        channel = null;
      }
    }
  }

  /** Whoever has it open goes on reading. */
  void delete() {
    deleted = true;
    try {
      complete();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a spool file", e);
    }
  }
}

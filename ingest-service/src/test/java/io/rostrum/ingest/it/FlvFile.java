package io.rostrum.ingest.it;

import io.rostrum.rtmp.message.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * The audio and video tags of an FLV file, FLV E.4.1, to be published with other timestamps than
 * they have.
 */
record FlvFile(List<Tag> tags) {

  private static final int HEADER = 9 + 4;
  private static final int TAG_HEADER = 11;

  record Tag(boolean video, long timestampMs, byte[] body) {

    boolean sequenceHeader() {
      return video ? (body[0] & 0x80) != 0 ? (body[0] & 0xF) == 0 : body[1] == 0 : body[1] == 0;
    }

    Message at(long otherMs) {
      return video
          ? new Message.Video(1, otherMs & 0xFFFF_FFFFL, body)
          : new Message.Audio(1, otherMs & 0xFFFF_FFFFL, body);
    }
  }

  static FlvFile read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    in.position(HEADER);
    List<Tag> tags = new ArrayList<>();
    while (in.remaining() > TAG_HEADER) {
      int type = in.get() & 0x1F;
      int size = u24(in);
      long ms = u24(in) | (in.get() & 0xFFL) << 24;
      u24(in);
      byte[] body = new byte[size];
      in.get(body);
      in.getInt();
      if ((type == 8 || type == 9) && size > 1) {
        tags.add(new Tag(type == 9, ms, body));
      }
    }
    return new FlvFile(List.copyOf(tags));
  }

  private static int u24(ByteBuffer in) {
    return (in.get() & 0xFF) << 16 | (in.get() & 0xFF) << 8 | in.get() & 0xFF;
  }

  /** Publishes all of it as fast as it goes. */
  void publish(RawPublisher publisher, LongUnaryOperator timestamps) throws IOException {
    for (Tag tag : tags) {
      publisher.send(tag.at(timestamps.applyAsLong(tag.timestampMs)));
    }
  }

  /** Publishes each tag when it is due. */
  void publishInRealTime(RawPublisher publisher) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Tag tag : tags) {
      long dueNanos = start + TimeUnit.MILLISECONDS.toNanos(tag.timestampMs);
      TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
      publisher.send(tag.at(tag.timestampMs));
    }
  }
}

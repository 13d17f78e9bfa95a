package io.rostrum.playback.segment;

import io.netty.buffer.Unpooled;
import io.rostrum.contracts.media.MediaPart;
import io.vertx.core.buffer.Buffer;

/**
 * A part that came from the {@code media} topic.
 *
 * <p>Its bytes are on the heap at first, and leave it when they are somewhere else and newer parts
 * need the room. Written by the media thread and by whoever evicts; read by event loops.
 */
public final class HotPart {
  private final long offset;
  private final int bytes;
  private final long durationTicks;
  private final int timescale;
  private final boolean independent;
  private volatile Buffer heap;
  private volatile boolean elsewhere;

  HotPart(MediaPart part, long offset) {
    this.offset = offset;
    this.bytes = part.payload().remaining();
    this.durationTicks = part.durationTicks();
    this.timescale = part.timescale();
    this.independent = part.independent();
    // A view of the record's value. One array per part, none per viewer; a write must not end it.
    this.heap = Buffer.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(part.payload())));
  }

  /** Where it starts in its segment. */
  public long offset() {
    return offset;
  }

  /** Its size. */
  public int bytes() {
    return bytes;
  }

  /** Its duration in ticks of {@link #timescale()}. */
  public long durationTicks() {
    return durationTicks;
  }

  /** Ticks per second. */
  public int timescale() {
    return timescale;
  }

  /** Whether it holds an independently decodable frame. */
  public boolean independent() {
    return independent;
  }

  /** Its bytes; null once they left the heap. */
  public Buffer heap() {
    return heap;
  }

  void markElsewhere() {
    elsewhere = true;
  }

  /** Frees the heap, if its bytes are elsewhere. */
  boolean evict() {
    if (!elsewhere) {
      return false;
    }
    heap = null;
    return true;
  }
}

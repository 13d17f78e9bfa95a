package io.rostrum.playback.segment;

import io.rostrum.contracts.media.MediaPart;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One segment of one rendition as it comes in from the {@code media} topic.
 *
 * <p>The first copy of a part counts. Parts are visible without holes from part 0 on; one that
 * comes before its predecessor waits here. Parts are added by the media thread only; everything
 * else is read by any thread.
 */
public final class FreshSegment {
  private final SegmentRef ref;
  private final TreeMap<Integer, MediaPart> early = new TreeMap<>();
  private volatile List<HotPart> parts = List.of();
  private volatile SpoolFile file;
  private volatile boolean stored;

  /**
   * @param ref which segment
   */
  public FreshSegment(SegmentRef ref) {
    this.ref = ref;
  }

  /** Which segment. */
  public SegmentRef ref() {
    return ref;
  }

  /** The parts that are visible. Immutable. */
  public List<HotPart> parts() {
    return parts;
  }

  /**
   * Adds a part.
   *
   * @return the parts that became visible with it; empty for a copy, or while a predecessor misses
   */
  public List<HotPart> add(MediaPart part) {
    int next = parts.size();
    if (part.part() < next || early.putIfAbsent(part.part(), part) != null) {
      return List.of();
    }
    List<HotPart> visible = new ArrayList<>(parts);
    long offset = next == 0 ? 0 : visible.get(next - 1).offset() + visible.get(next - 1).bytes();
    for (MediaPart ready = early.remove(next); ready != null; ready = early.remove(next)) {
      visible.add(new HotPart(ready, offset));
      offset += ready.payload().remaining();
      next++;
    }
    List<HotPart> added = List.copyOf(visible.subList(parts.size(), visible.size()));
    parts = List.copyOf(visible);
    return added;
  }

  /** Size of the visible parts. */
  public long bytes() {
    List<HotPart> now = parts;
    return now.isEmpty() ? 0 : now.get(now.size() - 1).offset() + now.get(now.size() - 1).bytes();
  }

  /** One visible part from here; null if its bytes are neither on the heap nor in the spool. */
  public MediaBytes part(int index) {
    HotPart part = parts.get(index);
    Buffer heap = part.heap();
    if (heap != null) {
      return new MediaBytes.OnHeap(heap);
    }
    SpoolFile spooled = file;
    return spooled != null && !spooled.deleted() && spooled.bytes() >= part.offset() + part.bytes()
        ? new MediaBytes.InFile(spooled.path(), part.offset(), part.bytes())
        : null;
  }

  /** All visible parts in one from here; null if some bytes are elsewhere. */
  public MediaBytes whole() {
    List<HotPart> now = parts;
    long bytes = bytes();
    SpoolFile spooled = file;
    if (spooled != null && !spooled.deleted() && spooled.bytes() >= bytes) {
      return new MediaBytes.InFile(spooled.path(), 0, bytes);
    }
    List<Buffer> buffers = new ArrayList<>(now.size());
    for (HotPart part : now) {
      Buffer heap = part.heap();
      if (heap == null) {
        heap = readBack(spooled, part);
      }
      if (heap == null) {
        return null;
      }
      buffers.add(heap);
    }
    return new MediaBytes.OnHeap(buffers);
  }

  /**
   * Only where the spool filled up in the middle of the segment: half of it is here, half there.
   */
  private static Buffer readBack(SpoolFile spooled, HotPart part) {
    if (spooled == null || spooled.bytes() < part.offset() + part.bytes()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(part.bytes());
    try (FileChannel channel = FileChannel.open(spooled.path(), StandardOpenOption.READ)) {
      long at = part.offset();
      while (bytes.hasRemaining()) {
        int read = channel.read(bytes, at);
        if (read < 0) {
          return null;
        }
        at += read;
      }
      return Buffer.buffer(bytes.array());
    } catch (IOException expected) {
      // Evicted in this moment: the object store has it.
      return null;
    }
  }

  /** Whether the object store has it. */
  public boolean stored() {
    return stored;
  }

  /** From now on its bytes are in the object store: nothing of it has to be kept. */
  void markStored() {
    stored = true;
    parts.forEach(HotPart::markElsewhere);
  }

  SpoolFile file() {
    return file;
  }

  void spoolTo(SpoolFile spoolFile) {
    file = spoolFile;
  }

  /** Whether it is stored and nothing of it is on the heap any more. */
  public boolean servedElsewhere() {
    return stored && parts.stream().allMatch(part -> part.heap() == null);
  }

  static ByteBuffer view(HotPart part) {
    Buffer heap = part.heap();
    return heap == null ? null : heap.getByteBuf().nioBuffer();
  }
}

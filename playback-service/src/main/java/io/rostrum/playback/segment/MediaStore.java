package io.rostrum.playback.segment;

import io.rostrum.playback.config.PlaybackConfig;
import io.rostrum.playback.storage.ObjectStore;
import io.rostrum.playback.storage.StorageException;
import io.rostrum.playback.storage.StorageException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Where the bytes of parts and segments are: on the heap, in the spool, in the object store.
 *
 * <p>A part that came from Kafka is on the heap; right after it was made visible its bytes go to
 * the spool as well, and the heap keeps only the newest {@code hot-part-bytes} of them. Once the
 * segment is in the object store its spool file is a cache entry like those that were read from
 * there.
 */
@ApplicationScoped
public class MediaStore {
  private static final Logger LOG = Logger.getLogger(MediaStore.class);

  private record Hot(FreshSegment segment, HotPart part) {}

  private final Spool spool;
  private final ObjectStore objects;
  private final long maxHotBytes;
  private final ArrayDeque<Hot> hot = new ArrayDeque<>();
  private final ConcurrentHashMap<SegmentRef, CompletableFuture<MediaBytes>> loading =
      new ConcurrentHashMap<>();
  private final LongAdder loads = new LongAdder();
  private long hotBytes;
  private volatile boolean spoolFull;

  /**
   * @param spool local disk
   * @param objects everything else
   * @param config bounds
   */
  public MediaStore(Spool spool, ObjectStore objects, PlaybackConfig config) {
    this.spool = spool;
    this.objects = objects;
    this.maxHotBytes = config.memory().hotPartBytes();
  }

  /** Takes over parts that were made visible. Called by the media thread. */
  public void keep(FreshSegment segment, List<HotPart> added) {
    synchronized (hot) {
      for (HotPart part : added) {
        hot.add(new Hot(segment, part));
        hotBytes += part.bytes();
      }
    }
    if (!segment.stored()) {
      write(segment);
    }
    evictHot();
  }

  private void write(FreshSegment segment) {
    SpoolFile file = segment.file();
    try {
      if (file == null) {
        file = spool.create(segment.ref());
        segment.spoolTo(file);
      }
      // Also those that found no room when they came.
      for (HotPart part : segment.parts()) {
        if (part.offset() < file.bytes()) {
          continue;
        }
        ByteBuffer bytes = FreshSegment.view(part);
        if (bytes == null || !spool.reserve(part.bytes())) {
          full(bytes == null ? "a part left the heap before it was written" : "it is full");
          return;
        }
        append(file, part, bytes);
        part.markElsewhere();
      }
      spoolFull = false;
    } catch (IOException e) {
      full(e.toString());
    }
  }

  private void append(SpoolFile file, HotPart part, ByteBuffer bytes) throws IOException {
    try {
      file.append(bytes);
    } catch (IOException e) {
      spool.release(part.bytes());
      throw e;
    }
  }

  private void full(String reason) {
    if (!spoolFull) {
      LOG.errorf(
          "spool takes no more, parts stay on the heap until they are stored; look at the object"
              + " store, or raise rostrum.playback.spool.max-bytes: spoolBytes=%d reason=%s",
          spool.bytes(), reason);
    }
    spoolFull = true;
  }

  private void evictHot() {
    synchronized (hot) {
      for (int tries = hot.size(); hotBytes > maxHotBytes && tries > 0; tries--) {
        Hot oldest = hot.poll();
        if (oldest.part().evict()) {
          hotBytes -= oldest.part().bytes();
        } else {
          hot.add(oldest);
        }
      }
    }
  }

  /** The object store has this segment. Called by the thread that folds the timeline. */
  public void stored(FreshSegment segment, long expectedBytes) {
    segment.markStored();
    SpoolFile file = segment.file();
    if (file == null) {
      return;
    }
    file.complete();
    if (file.bytes() == expectedBytes) {
      spool.adopt(segment.ref(), file);
    } else {
      spool.release(file.bytes());
      file.delete();
    }
  }

  /** Nobody will ask for it again. */
  public void forget(FreshSegment segment) {
    segment.markStored();
    SpoolFile file = segment.file();
    if (file != null && !file.deleted()) {
      spool.release(file.bytes());
      file.delete();
    }
  }

  /**
   * A segment that is in the object store, from the spool where it is there. Concurrent requests
   * share one read.
   *
   * @param expectedBytes its size by the timeline
   * @return fails with {@link StorageException}
   */
  public CompletableFuture<MediaBytes> load(SegmentRef ref, String key, long expectedBytes) {
    MediaBytes here = spooled(ref);
    if (here != null) {
      return CompletableFuture.completedFuture(here);
    }
    CompletableFuture<MediaBytes> mine = new CompletableFuture<>();
    CompletableFuture<MediaBytes> running = loading.putIfAbsent(ref, mine);
    if (running != null) {
      return running;
    }
    // Whoever read it may have finished between the look and the entry.
    MediaBytes meanwhile = spooled(ref);
    if (meanwhile != null) {
      loading.remove(ref);
      mine.complete(meanwhile);
      return mine;
    }
    loads.increment();
    objects
        .read(key, in -> receive(ref, in, expectedBytes))
        .whenComplete(
            (bytes, failure) -> {
              loading.remove(ref);
              if (failure == null) {
                mine.complete(bytes);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  /** A stored segment that is in the spool; null if it is not. */
  private MediaBytes spooled(SegmentRef ref) {
    SpoolFile here = spool.find(ref);
    if (here == null) {
      return null;
    }
    if (Files.exists(here.path())) {
      return new MediaBytes.InFile(here.path(), 0, here.bytes());
    }
    spool.drop(ref, here);
    return null;
  }

  private MediaBytes receive(SegmentRef ref, InputStream in, long expectedBytes)
      throws IOException {
    if (!spool.reserve(expectedBytes)) {
      throw new StorageException(
          Kind.UNAVAILABLE, "the spool is full of segments that are not stored yet", null);
    }
    SpoolFile file = null;
    long received = 0;
    try {
      file = spool.create(ref);
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        received += read;
        if (received > expectedBytes) {
          break;
        }
        file.append(ByteBuffer.wrap(buffer, 0, read));
      }
      file.complete();
      if (received != expectedBytes) {
        throw new StorageException(
            Kind.CORRUPT, "not " + expectedBytes + " bytes as its timeline says: " + ref, null);
      }
    } catch (IOException | RuntimeException e) {
      spool.release(expectedBytes);
      discard(file);
      throw e;
    }
    spool.adopt(ref, file);
    return new MediaBytes.InFile(file.path(), 0, expectedBytes);
  }

  private static void discard(SpoolFile file) {
    if (file != null) {
      try {
        file.delete();
      } catch (UncheckedIOException e) {
        LOG.warnf("spool file stays: %s", e.getMessage());
      }
    }
  }

  /** Bytes of parts on the heap. */
  public long hotBytes() {
    synchronized (hot) {
      return hotBytes;
    }
  }

  /** How many segments were read from the object store. */
  public long loads() {
    return loads.sum();
  }

  /** Whether parts had to stay on the heap because the spool took no more. */
  public boolean spoolFull() {
    return spoolFull;
  }
}

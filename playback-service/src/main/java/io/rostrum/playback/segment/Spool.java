package io.rostrum.playback.segment;

import io.quarkus.runtime.Startup;
import io.rostrum.playback.config.PlaybackConfig;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Segments on the local disk, within a bound: those that are not in the object store yet, and the
 * most recently used of those that are. Empty after a start.
 *
 * <p>Thread safe. What is not stored is never evicted; where such segments alone reach the bound,
 * {@link #reserve} says no and the parts stay on the heap.
 */
@Startup // what is set wrong is said at once
@ApplicationScoped
public class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  private final Path directory;
  private final long maxBytes;
  private final LinkedHashMap<SegmentRef, SpoolFile> stored = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;
  private long names;

  /**
   * @param config where and how much
   * @param port keeps nodes on one machine apart where no folder is configured
   */
  public Spool(PlaybackConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
    this.directory =
        Path.of(
                config
                    .spool()
                    .dir()
                    .orElse(System.getProperty("java.io.tmpdir") + "/rostrum-playback-" + port))
            .toAbsolutePath();
    this.maxBytes = config.spool().maxBytes();
  }

  @PostConstruct
  void start() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the spool folder; set rostrum.playback.spool.dir to one that can be written",
          e);
    }
    // Left by a node that was killed: nothing of it counts.
    clear();
  }

  @PreDestroy
  void stop() {
    clear();
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      LOG.warnf("spool folder stays: %s", e.getMessage());
    }
  }

  private void clear() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".m4s")).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warnf("spool not emptied: %s", e.getMessage());
    }
  }

  /** A new empty file. */
  synchronized SpoolFile create(SegmentRef ref) throws IOException {
    return new SpoolFile(directory.resolve(names++ + "-" + ref.fileName()));
  }

  /** Makes room; false if only segments are left that must not be evicted. */
  boolean reserve(long count) {
    List<SpoolFile> evicted = new ArrayList<>();
    boolean fits;
    synchronized (this) {
      var oldest = stored.entrySet().iterator();
      while (bytes + count > maxBytes && oldest.hasNext()) {
        Map.Entry<SegmentRef, SpoolFile> entry = oldest.next();
        bytes -= entry.getValue().bytes();
        evicted.add(entry.getValue());
        oldest.remove();
      }
      fits = bytes + count <= maxBytes;
      if (fits) {
        bytes += count;
      }
    }
    evicted.forEach(SpoolFile::delete);
    return fits;
  }

  /** Gives back what {@link #reserve} took. */
  synchronized void release(long count) {
    bytes -= count;
  }

  /** A segment that is in the object store now: it may be evicted from here on. */
  void adopt(SegmentRef ref, SpoolFile file) {
    SpoolFile before;
    synchronized (this) {
      before = stored.put(ref, file);
      if (before != null) {
        bytes -= before.bytes();
      }
    }
    if (before != null) {
      before.delete();
    }
  }

  /** The segment, if it is here and stored. */
  synchronized SpoolFile find(SegmentRef ref) {
    return stored.get(ref);
  }

  /** Forgets a file that turned out to be gone or wrong. */
  void drop(SegmentRef ref, SpoolFile file) {
    synchronized (this) {
      if (!stored.remove(ref, file)) {
        return;
      }
      bytes -= file.bytes();
    }
    file.delete();
  }

  /** Bytes on disk. */
  public synchronized long bytes() {
    return bytes;
  }
}

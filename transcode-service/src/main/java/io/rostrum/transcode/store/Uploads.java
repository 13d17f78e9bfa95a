package io.rostrum.transcode.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Does what has to reach the object store, again and again until it has: the store may be away for
 * hours, live goes on. One job of a broadcast at a time, since its jobs are handed in one after the
 * other.
 */
public final class Uploads implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Uploads.class);
  private static final int THREADS = 4;
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 5_000;

  /** Work that may fail and is then repeated. */
  public interface Job {
    void run() throws IOException;
  }

  /** Bytes that may lie elsewhere than in memory. */
  public sealed interface Content permits InMemory, Spool.InFile {
    /** All of them. */
    byte[] read() throws IOException;

    /** Lets go of them: they are not needed any more. */
    default void close() {}
  }

  /** Bytes in memory. */
  record InMemory(byte[] bytes) implements Content {
    @Override
    public byte[] read() {
      return bytes;
    }
  }

  /** An object to write. */
  public record StoredObject(String key, Content content, String contentType) {
    public StoredObject(String key, byte[] bytes, String contentType) {
      this(key, new InMemory(bytes), contentType);
    }

    /** The same with its bytes in the spool. */
    public StoredObject spooled(Spool spool) throws IOException {
      return new StoredObject(key, spool.put(content.read()), contentType);
    }
  }

  private final ObjectStore store;
  private final ExecutorService threads;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger failing = new AtomicInteger();

  public Uploads(ObjectStore store) {
    this.store = store;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            job -> {
              Thread thread = new Thread(job, "upload-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What it writes into. */
  public ObjectStore store() {
    return store;
  }

  /** Writes all objects, then calls {@code stored} (in an upload thread). */
  public void put(String label, List<StoredObject> objects, Runnable stored) {
    submit(
        label,
        () -> {
          for (StoredObject object : objects) {
            putNow(object);
          }
        },
        stored);
  }

  /** Writes one object now, in the calling upload thread. */
  public void putNow(StoredObject object) throws IOException {
    store.put(object.key(), object.content().read(), object.contentType());
  }

  /** Repeats {@code job} until it succeeds or this is closed, then calls {@code done}. */
  public void submit(String label, Job job, Runnable done) {
    threads.execute(
        () -> {
          if (repeat(label, job)) {
            done.run();
          }
        });
  }

  /** How many jobs failed at their last try. */
  public int failing() {
    return failing.get();
  }

  @Override
  public void close() {
    closed.set(true);
    threads.shutdownNow();
  }

  private boolean repeat(String label, Job job) {
    long pauseMs = FIRST_PAUSE_MS;
    boolean failed = false;
    while (!closed.get()) {
      try {
        job.run();
        if (failed) {
          failing.decrementAndGet();
          LOG.infof("Object store is back: job=%s", label);
        }
        return true;
      } catch (IOException | RuntimeException e) {
        if (!failed) {
          failed = true;
          failing.incrementAndGet();
        }
        LOG.warnf(
            "Object store did not take it, trying again: job=%s pauseMs=%d error=%s",
            label, pauseMs, e.getMessage());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMs); // Back-off: only time helps a store that is away.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
    return false;
  }
}

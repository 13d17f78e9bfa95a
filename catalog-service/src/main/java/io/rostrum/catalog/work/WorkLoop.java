package io.rostrum.catalog.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A thread that does a step again and again: at once after {@link #wake()}, else when the step
 * asked to, and with growing pauses while it fails.
 *
 * <p>A failing step never ends the loop: Postgres, Kafka and S3 may be away at any time and the
 * work goes on when they are back. All methods may be called from any thread.
 */
public final class WorkLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkLoop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  /** One round of work. */
  public interface Step {
    /**
     * @return how long to rest where nobody wakes the loop; zero where more work is waiting
     * @throws Exception anything: logged, and tried again after a pause
     */
    Duration run() throws Exception;
  }

  private final String name;
  private final Step step;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private int failures;

  /**
   * @param name of the thread, and in logs
   */
  public WorkLoop(String name, Step step) {
    this.name = name;
    this.step = step;
    this.thread = new Thread(this::loop, name);
    this.thread.setDaemon(true);
  }

  /** Starts the thread. */
  public WorkLoop start() {
    thread.start();
    return this;
  }

  /** Whether the thread is there. */
  public boolean isRunning() {
    return thread.isAlive() && !closed;
  }

  /** Makes the next step start now, or right after the one that is running. */
  public void wake() {
    wakeUps.release();
  }

  private void loop() {
    while (!closed) {
      Duration rest = runStep();
      try {
        if (!rest.isZero()) {
          wakeUps.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
        }
        wakeUps.drainPermits();
      } catch (InterruptedException expected) {
        // Only close() interrupts; the loop's condition ends it.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Duration runStep() {
    try {
      Duration rest = step.run();
      if (failures > 0) {
        LOG.infof("Work goes on work=%s failures=%d", name, failures);
        failures = 0;
      }
      return rest;
    } catch (Throwable e) {
      return closed ? Duration.ZERO : pauseAfter(e);
    }
  }

  private Duration pauseAfter(Throwable e) {
    failures++;
    long pauseMillis =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10));
    boolean milestone = Integer.bitCount(failures) == 1;
    // 1st, 2nd, 4th, 8th...: a long outage must not fill the disk with the same line.
    if (milestone) {
      LOG.warnf(
          LOG.isDebugEnabled() ? e : null,
          "Work failed and will be tried again work=%s failures=%d pauseMs=%d error=%s",
          name,
          failures,
          pauseMillis,
          rootOf(e));
    }
    return Duration.ofMillis(pauseMillis);
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** Ends the loop; waits a little for the step that is running. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

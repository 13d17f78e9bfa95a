package io.rostrum.transcode.worker;

import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One running codec child.
 *
 * <p>Two threads: one writes what {@link #send} queued, since the pipe blocks while the child is
 * busy, and one reads its replies. Both end with the child, which is reported once.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Worker.class);

  /** Where replies go; called from the reading thread. */
  public interface Listener {
    /** The child answered. */
    void replied(Worker worker, WorkerReply reply);

    /**
     * The child is gone, and was not told to go.
     *
     * @param reason for logs and for the reason of a gap
     */
    void died(Worker worker, String reason);
  }

  /** How long a child may take to end whose output cannot be read. */
  private static final int EXIT_PATIENCE_MS = 2_000;

  private final String broadcast;
  private final Process process;
  private final Listener listener;
  private final BlockingQueue<Optional<WorkerRequest>> requests = new LinkedBlockingQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Segments that were ended, less those that were answered; -1 behind a failure that came early.
   */
  private int owedAnswers;

  private long waitingSinceNanos;

  private Worker(String broadcast, Process process, Listener listener) {
    this.broadcast = broadcast;
    this.process = process;
    this.listener = listener;
  }

  /**
   * Starts a child.
   *
   * @throws IOException if the process cannot be started
   */
  public static Worker start(String broadcast, WorkerCommand command, Listener listener)
      throws IOException {
    Worker worker = new Worker(broadcast, command.start(), listener);
    worker.thread("codec-write-" + broadcast, worker::writeAll);
    worker.thread("codec-read-" + broadcast, worker::readAll);
    return worker;
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /** Processor time it has used; zero where the platform does not tell. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Queues a request; never blocks. What is queued is bounded by whoever reads the source: see
   * {@code segments-ahead}.
   */
  public void send(WorkerRequest request) {
    asked(request);
    requests.add(Optional.of(request));
  }

  /**
   * How long the child has said nothing while it owes the end of a segment, in milliseconds; 0
   * while it owes none. Its own watchdog ends it when it works too long; this is for one that is
   * stopped.
   */
  public synchronized long silentMs() {
    return owedAnswers > 0 ? (System.nanoTime() - waitingSinceNanos) / 1_000_000 : 0;
  }

  /** Kills a child that is of no use any more, and reports it as one that died. */
  public void kill(String reason) {
    over(reason);
  }

  /** Kills the child: there is nothing in it worth saving. Reports nothing. */
  @Override
  public void close() {
    over.set(true);
    requests.add(Optional.empty());
    process.destroyForcibly();
  }

  private void writeAll() {
    try (WorkerRequests.Writer out = new WorkerRequests.Writer(process.getOutputStream())) {
      for (Optional<WorkerRequest> next = requests.take();
          next.isPresent();
          next = requests.take()) {
        out.write(next.get());
        if (requests.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException e) {
      over(exitOr("its input closed: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() {
    try (WorkerReplies.Reader in = new WorkerReplies.Reader(process.getInputStream())) {
      for (WorkerReply reply = in.read(); reply != null; reply = in.read()) {
        answered(reply);
        listener.replied(this, reply);
      }
      over("it exited with code " + process.waitFor());
    } catch (IOException e) {
      over(exitOr("its output broke off: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A JVM whose native code crashes says so on standard output before it ends. */
  private String exitOr(String reason) {
    try {
      return process.waitFor(EXIT_PATIENCE_MS, TimeUnit.MILLISECONDS)
          ? "it exited with code " + process.exitValue()
          : reason;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reason;
    }
  }

  private synchronized void asked(WorkerRequest request) {
    if (request instanceof WorkerRequest.EndSegment || request instanceof WorkerRequest.EndAudio) {
      owedAnswers++;
      waitingSinceNanos = System.nanoTime();
    }
  }

  private synchronized void answered(WorkerReply reply) {
    if (reply instanceof WorkerReply.SegmentDone
        || reply instanceof WorkerReply.SegmentFailed
        || reply instanceof WorkerReply.AudioDone
        || reply instanceof WorkerReply.AudioFailed) {
      owedAnswers--;
    }
    waitingSinceNanos = System.nanoTime();
  }

  private void over(String reason) {
    if (over.compareAndSet(false, true)) {
      LOG.warnf(
          "Codec worker gone: broadcast=%s pid=%d reason=%s", broadcast, process.pid(), reason);
      requests.add(Optional.empty());
      process.destroyForcibly();
      listener.died(this, reason);
    }
  }

  private void thread(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}

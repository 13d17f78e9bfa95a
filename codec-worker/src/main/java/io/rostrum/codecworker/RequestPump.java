package io.rostrum.codecworker;

import io.rostrum.contracts.codec.WorkerProtocolException;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Reads requests on a thread of its own, so that the end of the input is seen while the worker is
 * busy: the parent is gone then, and so is the need for whatever the worker is doing. For the same
 * reason it knows of segments that nobody waits for before their turn comes. Holds a bounded number
 * of bytes; beyond them the pipe fills up and the parent waits.
 */
final class RequestPump {
  private static final long MAX_QUEUED_BYTES = 16L * 1024 * 1024;
  private static final int REQUEST_OVERHEAD_BYTES = 64;

  private final WorkerRequests.Reader reader;
  private final AbandonedSegments abandoned;
  private final Consumer<ExitCode> onEnd;
  private final Deque<WorkerRequest> queue = new ArrayDeque<>();
  private long queuedBytes;

  /**
   * @param reader standard input
   * @param abandoned gets what nobody waits for any more
   * @param onEnd called on the pump's thread when nothing more can be read, unless {@code Shutdown}
   *     was the last request
   */
  RequestPump(WorkerRequests.Reader reader, AbandonedSegments abandoned, Consumer<ExitCode> onEnd) {
    this.reader = reader;
    this.abandoned = abandoned;
    this.onEnd = onEnd;
  }

  void start() {
    Thread thread = new Thread(this::run, "requests");
    thread.setDaemon(true);
    thread.start();
  }

  /** The next request; waits for it. */
  synchronized WorkerRequest take() throws InterruptedException {
    while (queue.isEmpty()) {
      wait();
    }
    WorkerRequest request = queue.remove();
    queuedBytes -= bytesOf(request);
    notifyAll();
    return request;
  }

  private void run() {
    try {
      WorkerRequest request;
      do {
        request = reader.read();
        if (request == null) {
          onEnd.accept(ExitCode.DONE);
          return;
        }
        if (request instanceof WorkerRequest.AbandonSegment abandon) {
          abandoned.add(abandon.msn());
        } else {
          put(request);
        }
      } while (!(request instanceof WorkerRequest.Shutdown));
    } catch (WorkerProtocolException e) {
      WorkerLog.error("request cannot be read", "error", e.getMessage());
      onEnd.accept(ExitCode.PROTOCOL);
    } catch (IOException e) {
      WorkerLog.warn("standard input failed", "error", e.getMessage());
      onEnd.accept(ExitCode.DONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void put(WorkerRequest request) throws InterruptedException {
    // The first always fits, so that a large sample cannot wait for ever.
    while (!queue.isEmpty() && queuedBytes + bytesOf(request) > MAX_QUEUED_BYTES) {
      wait();
    }
    queue.add(request);
    queuedBytes += bytesOf(request);
    notifyAll();
  }

  private static long bytesOf(WorkerRequest request) {
    int dataBytes = 0;
    if (request instanceof WorkerRequest.Sample sample) {
      dataBytes = sample.data().length;
    } else if (request instanceof WorkerRequest.AudioSample sample) {
      dataBytes = sample.data().length;
    }
    return REQUEST_OVERHEAD_BYTES + dataBytes;
  }
}

package io.rostrum.transcode.worker;

import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.transcode.segment.Segment;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Has the segments of one broadcast encoded by a codec child, in the order of their numbers, and
 * survives the child.
 *
 * <p>A child that dies is replaced, and every segment it had not finished is sent again from its
 * beginning: the same input gives the same bytes. A segment that was in work when a child died for
 * the second time becomes a gap (DESIGN.md, invariant 8), so that what kills decoders cannot stop
 * an event. A publication that a child cannot decode becomes gaps too; the next one has another
 * chance.
 *
 * <p>Belongs to the owner loop's thread; the child's threads hand over through the executor.
 */
public abstract class SegmentFeed implements AutoCloseable, Worker.Listener {
  private static final Logger LOG = Logger.getLogger(SegmentFeed.class);

  /** Children in a row that die before they are ready, after which encoding is given up. */
  private static final int MAX_FAILED_STARTS = 3;

  private static final int MAX_DEATHS_PER_SEGMENT = 2;

  /** The child's own watchdog has the first say. */
  private static final int ANSWER_GRACE_MS = 5_000;

  protected final String broadcast;
  protected final WorkerLimits limits;

  /** What the child has, or will get, oldest first. */
  protected final TreeMap<Long, Segment> inFlight = new TreeMap<>();

  /** The child; null while there is none. */
  protected Worker worker;

  private final String name;
  private final Supplier<WorkerCommand> command;
  private final Executor owner;
  private final Runnable changed;
  private final Consumer<Segment> condemned;
  private final Map<Long, Integer> deaths = new HashMap<>();

  /** Publications that the child cannot decode, and why. */
  private final Map<String, String> refusals = new HashMap<>();

  /** The segment that is being sent; -1 for none. */
  private long feeding = -1;

  private int samplesSent;
  private long lastSent = -1;
  private int failedStarts;
  private String unavailable;

  /**
   * @param name of its children, in logs and reasons
   * @param command asked each time a child is started
   * @param owner runs work in the owner loop's thread
   * @param changed called there when something came of a segment
   * @param condemned gets, there, each segment that is given up because children died of it
   */
  protected SegmentFeed(
      String name,
      String broadcast,
      Supplier<WorkerCommand> command,
      WorkerLimits limits,
      Executor owner,
      Runnable changed,
      Consumer<Segment> condemned) {
    this.name = name;
    this.broadcast = broadcast;
    this.command = command;
    this.limits = limits;
    this.owner = owner;
    this.changed = changed;
    this.condemned = condemned;
  }

  /** Starts the child ahead of its first segment, so that its start-up costs no latency. */
  public final void warmUp() {
    if (worker != null || unavailable != null) {
      return;
    }
    try {
      worker = Worker.start(broadcast, command.get(), this);
      LOG.infof("The %s was started: broadcast=%s pid=%d", name, broadcast, worker.pid());
    } catch (IOException e) {
      giveUp("the " + name + " cannot be started: " + e.getMessage());
    }
  }

  /** Why nothing can be encoded; null while it can. */
  public final String unavailable() {
    return unavailable;
  }

  /** Gives up on encoding, for a child that does not become ready in time. */
  public final void giveUp(String reason) {
    unavailable = reason;
    LOG.errorf(
        "The %s is given up, what it encodes becomes gaps: broadcast=%s reason=%s",
        name, broadcast, reason);
    inFlight.values().forEach(segment -> gap(segment, reason));
    inFlight.clear();
    close();
  }

  /** How many segments wait for the child, the open one too. */
  public final int segmentsInFlight() {
    return inFlight.size();
  }

  /** Sends what is there to send, and replaces a child that does not answer. */
  public void pump() {
    if (worker != null && worker.silentMs() > limits.segmentBusyLimitMs() + ANSWER_GRACE_MS) {
      worker.kill("it has not answered for " + worker.silentMs() + " ms");
    }
    while (worker != null) {
      Map.Entry<Long, Segment> next =
          feeding >= 0 ? Map.entry(feeding, inFlight.get(feeding)) : inFlight.higherEntry(lastSent);
      if (next == null) {
        return;
      }
      Segment segment = next.getValue();
      if (feeding < 0) {
        configureFor(segment);
        String refusal = refusals.get(segment.publication().id());
        if (refusal != null) {
          finish(segment.msn(), refusal);
          lastSent = segment.msn();
          continue;
        }
        if (!begin(segment)) {
          return;
        }
        feeding = segment.msn();
        samplesSent = 0;
      }
      samplesSent = send(segment, samplesSent);
      if (!end(segment)) {
        return;
      }
      lastSent = segment.msn();
      feeding = -1;
    }
  }

  /** Tells the child of the segment's publication, unless it knows. */
  protected abstract void configureFor(Segment segment);

  /** Begins a segment with the child, if that can be yet. */
  protected abstract boolean begin(Segment segment);

  /** Sends a segment's samples from {@code from} on; returns how many are sent then. */
  protected abstract int send(Segment segment, int from);

  /** Ends a segment with the child, if all of it was sent. */
  protected abstract boolean end(Segment segment);

  /** Ends a segment of which the child wants no more. */
  protected abstract void cutShort(Segment segment);

  /** Takes what the child has said. */
  protected abstract void take(WorkerReply reply);

  /** A segment is done, or has failed for a reason; it is not in flight any more. */
  protected abstract void finished(Segment segment, String failure);

  /** Makes a segment a gap where it is not complete. */
  protected abstract void gap(Segment segment, String reason);

  /** Forgets what a segment has so far. */
  protected abstract void restart(Segment segment);

  /** The child is gone: what it was told has to be said again. */
  protected abstract void forget();

  /**
   * A new child is there behind one that died.
   *
   * @param culprit the segment that was given up for it; null for none
   */
  protected void replaced(Segment culprit) {
    pump();
  }

  /** Takes a segment on. */
  protected final void accept(Segment segment) {
    inFlight.put(segment.msn(), segment);
    pump();
  }

  /** The child has said that it is ready to encode. */
  protected final void started() {
    failedStarts = 0;
  }

  /** Makes all segments of a publication gaps, now and later. */
  protected final void refuse(String publication, String reason) {
    LOG.warnf(
        "Publication refused by the %s: broadcast=%s publication=%s reason=%s",
        name, broadcast, publication, reason);
    refusals.put(publication, reason);
    for (Segment segment : inFlight.values().toArray(Segment[]::new)) {
      if (segment.publication().id().equals(publication)) {
        finish(segment.msn(), reason);
      }
    }
  }

  /**
   * Is done with a segment; nothing happens if it was before.
   *
   * @param failure why it becomes a gap; null where it does not
   */
  protected final void finish(long msn, String failure) {
    Segment segment = inFlight.remove(msn);
    deaths.remove(msn);
    if (segment == null) {
      return;
    }
    if (feeding == msn) {
      // Its remaining samples need not be sent, but the next one begins only behind its end.
      cutShort(segment);
      feeding = -1;
      lastSent = msn;
    }
    finished(segment, failure);
  }

  @Override
  public final void replied(Worker from, WorkerReply reply) {
    owner.execute(
        () -> {
          if (from == worker) {
            take(reply);
            changed.run();
          }
        });
  }

  @Override
  public final void died(Worker from, String reason) {
    owner.execute(
        () -> {
          if (from == worker) {
            replace(reason);
            changed.run();
          }
        });
  }

  @Override
  public final void close() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  private void replace(String reason) {
    worker = null;
    feeding = -1;
    lastSent = -1;
    forget();
    if (inFlight.isEmpty() && ++failedStarts >= MAX_FAILED_STARTS) {
      giveUp("the " + name + " does not stay up: " + reason);
      return;
    }
    Segment culprit = null;
    if (!inFlight.isEmpty()) {
      long msn = inFlight.firstKey();
      if (deaths.merge(msn, 1, Integer::sum) >= MAX_DEATHS_PER_SEGMENT) {
        culprit = inFlight.get(msn);
        condemned.accept(culprit);
        finish(msn, "the " + name + " died twice on this segment: " + reason);
      }
      inFlight.values().forEach(this::restart);
    }
    warmUp();
    replaced(culprit);
  }
}

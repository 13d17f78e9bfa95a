package io.rostrum.transcode.revision;

import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.store.ObjectStore;
import io.rostrum.transcode.worker.WorkerCommand;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Goes over recordings one at a time, in a thread of its own, and only while nothing live lacks the
 * processor. Wishes may be handed in, and taken back, from any thread.
 */
public final class RevisionQueue implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RevisionQueue.class);
  private static final long PAUSE_MS = 5_000;

  private final ObjectStore store;
  private final LadderFactory ladders;
  private final WorkerCommand command;
  private final WorkerLimits limits;
  private final BlockingQueue<Ticket> waiting = new LinkedBlockingQueue<>();
  private final Object change = new Object();
  private final Thread thread = new Thread(this::workAll, "revisions");
  private boolean room = true;
  private volatile boolean closed;

  /** A wish that was handed in. */
  public final class Ticket {
    private final Wish wish;
    private final Consumer<Outcome> done;
    private volatile boolean takenBack;

    private Ticket(Wish wish, Consumer<Outcome> done) {
      this.wish = wish;
      this.done = done;
    }

    /** Nobody waits for it any more. */
    public void takeBack() {
      takenBack = true;
      waiting.remove(this);
      synchronized (change) {
        change.notifyAll();
      }
    }
  }

  /**
   * @param command starts codec children that give way to others
   */
  public RevisionQueue(
      ObjectStore store, LadderFactory ladders, WorkerCommand command, WorkerLimits limits) {
    this.store = store;
    this.ladders = ladders;
    this.command = command;
    this.limits = limits;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Hands a wish in.
   *
   * @param done told of what came of it, in this queue's thread
   */
  public Ticket add(Wish wish, Consumer<Outcome> done) {
    Ticket ticket = new Ticket(wish, done);
    waiting.add(ticket);
    return ticket;
  }

  /** Whether there is processor to spare at the moment. */
  public void room(boolean now) {
    synchronized (change) {
      if (room != now) {
        room = now;
        change.notifyAll();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void workAll() {
    try {
      while (!closed) {
        work(waiting.take());
      }
    } catch (InterruptedException expected) {
      // close() was called.
    }
  }

  private void work(Ticket ticket) throws InterruptedException {
    String broadcast = ticket.wish.broadcast();
    LOG.infof("Going over a recording: broadcast=%s repair=%s", broadcast, ticket.wish.repairId());
    try (RevisionJob job =
        new RevisionJob(ticket.wish, store, ladders, command, limits, () -> awaitRoom(ticket))) {
      Outcome outcome = insist(job, ticket);
      if (!ticket.takenBack) {
        ticket.done.accept(outcome);
      }
    } catch (TakenBack e) {
      LOG.infof("A recording is no longer gone over: broadcast=%s", broadcast);
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "A recording cannot be gone over, it stays as it is; a restart or a repair tries again: broadcast=%s",
          broadcast);
      if (ticket.wish.repair() != null) {
        ticket.done.accept(
            ticket.wish.unchanged(
                ticket.wish.ladder(),
                0,
                "a mistake in the transcoder, whose log says more: " + e.getMessage()));
      }
    }
  }

  private Outcome insist(RevisionJob job, Ticket ticket) throws InterruptedException {
    while (true) {
      try {
        awaitRoom(ticket);
        return job.run();
      } catch (IOException e) {
        LOG.warnf(
            "Going over a recording is held up, trying again: broadcast=%s pauseMs=%d error=%s",
            ticket.wish.broadcast(), PAUSE_MS, e.getMessage());
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS); // Only time helps a store that is away.
    }
  }

  private void awaitRoom(Ticket ticket) throws InterruptedException {
    synchronized (change) {
      while (!room && !ticket.takenBack) {
        change.wait();
      }
    }
    if (ticket.takenBack) {
      throw new TakenBack();
    }
  }

  /** The wish in work was taken back. */
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

package io.rostrum.transcode.broadcast;

import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes a broadcast's timeline next to its segments: pages while it is live, and all of it at the
 * end. The owner loop's thread only.
 */
final class Archiving {
  private static final Logger LOG = Logger.getLogger(Archiving.class);

  private final String broadcast;
  private final int partition;
  private final Progress progress;
  private final Services services;
  private final Consumer<Runnable> inOwner;
  private final Runnable finished;
  private boolean pageInFlight;
  private boolean finishing;

  /**
   * @param inOwner runs work in the owner loop's thread, unless the broadcast is somebody else's by
   *     then
   * @param finished called there when the recording is complete in the object store
   */
  Archiving(
      String broadcast,
      int partition,
      Progress progress,
      Services services,
      Consumer<Runnable> inOwner,
      Runnable finished) {
    this.broadcast = broadcast;
    this.partition = partition;
    this.progress = progress;
    this.services = services;
    this.inOwner = inOwner;
    this.finished = finished;
  }

  /** Writes the next page if there are facts enough for it. */
  void pageIfDue() {
    int factsPerPage = services.config().factsPerPage();
    if (progress.ended || pageInFlight || progress.nextSeq - progress.pageSeq < factsPerPage) {
      return;
    }
    pageInFlight = true;
    // Of one length, so that whoever writes a page writes the same.
    long toSeq = progress.pageSeq + factsPerPage;
    services
        .archive()
        .page(
            partition,
            broadcast,
            progress.pageOffset,
            progress.pageSeq,
            toSeq,
            endOffset -> inOwner.accept(() -> pageWritten(toSeq, endOffset)));
  }

  private void pageWritten(long toSeq, long endOffset) {
    pageInFlight = false;
    progress.pageSeq = toSeq;
    progress.pageOffset = endOffset;
    pageIfDue();
  }

  /** Writes the whole timeline of a broadcast that has ended and whose segments are stored. */
  void finish() {
    if (finishing || progress.finished) {
      return;
    }
    finishing = true;
    services
        .archive()
        .finished(
            partition,
            broadcast,
            progress.timelineOffset,
            progress.nextSeq,
            () -> inOwner.accept(this::complete));
  }

  private void complete() {
    progress.finished = true;
    finished.run();
    LOG.infof(
        "Recording complete in the object store: broadcast=%s facts=%d",
        broadcast, progress.nextSeq);
  }
}

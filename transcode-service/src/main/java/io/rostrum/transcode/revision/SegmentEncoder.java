package io.rostrum.transcode.revision;

import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.worker.EncodeFeed;
import io.rostrum.transcode.worker.RungHeaders;
import io.rostrum.transcode.worker.WorkerCommand;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Has stored segments encoded one after the other by a codec child of its own, in the calling
 * thread. The child is fed, watched and replaced as it is live; a segment that kills it twice stays
 * a gap.
 */
final class SegmentEncoder implements AutoCloseable {
  private static final long LOOK_MS = 200;

  private final BlockingQueue<Runnable> replies = new LinkedBlockingQueue<>();
  private final EncodeFeed feed;

  SegmentEncoder(String broadcast, WorkerCommand command, WorkerLimits limits) {
    feed =
        new EncodeFeed(
            broadcast,
            () -> command,
            limits,
            null,
            new RungHeaders(),
            replies::add,
            () -> {},
            condemned -> {});
  }

  /** Returns when every rendition is complete, or a gap. */
  void encode(Segment segment) throws InterruptedException {
    feed.configure(segment);
    feed.add(segment);
    while (!segment.isComplete()) {
      Runnable reply = replies.poll(LOOK_MS, TimeUnit.MILLISECONDS);
      if (reply != null) {
        reply.run();
      } else {
        feed.pump();
      }
    }
  }

  /** The avcC of a rung's encoder; null where none was ever configured. */
  byte[] decoderConfig(String rung) {
    return feed.decoderConfig(rung);
  }

  /** Why it can do nothing more; null while it can. */
  String unavailable() {
    return feed.unavailable();
  }

  @Override
  public void close() {
    feed.close();
  }
}

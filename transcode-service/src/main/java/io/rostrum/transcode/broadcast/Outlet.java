package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.Checkpoint;
import java.util.List;

/**
 * Where a broadcast's results go: its partition of the topics. Every method throws when ownership
 * is lost or Kafka is away; the caller lets that go up, and everything starts from the checkpoints
 * again.
 */
public interface Outlet {
  /** The partition of all topics. */
  int partition();

  /** An offset of the media partition at or before whatever is sent next. */
  long mediaOffset();

  /**
   * Sends a part. It is on its way to those who watch when this returns, and in Kafka when the next
   * {@link #commit} has returned.
   */
  void send(String broadcast, MediaPart part);

  /**
   * Commits facts and the checkpoint that counts them in one transaction, with the partition's
   * low-water offset; everything sent before is in Kafka then.
   */
  void commit(String broadcast, long epoch, long firstSeq, List<Fact> facts, Checkpoint checkpoint);
}

package io.rostrum.transcode.segment;

import io.rostrum.media.AccessUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Audio frames that no segment owns yet, with the records they came in: a frame belongs to the
 * segment it starts in, and whether the next segment has started is known only when the video has
 * got as far. Where audio is encoded, the latest owned ones stay too: they are the next segment's
 * pre-roll.
 */
final class AudioQueue {
  /**
   * @param unit the frame on the broadcast's media clock, in the audio timescale
   * @param sourceOffset the record it came in
   * @param receivedAtMs when ingest had it
   */
  record Frame(AccessUnit unit, long sourceOffset, long receivedAtMs) {}

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Deque<Frame> owned = new ArrayDeque<>();
  private long keepTicks = -1;
  private long endTicks = Long.MIN_VALUE;

  void add(Frame frame) {
    frames.add(frame);
    endTicks = frame.unit().endDecodeTimeTicks();
  }

  /**
   * Keeps owned frames.
   *
   * @param ticks how far before the latest one, in the audio timescale
   */
  void keepOwned(long ticks) {
    keepTicks = ticks;
  }

  /** The oldest frame if it starts before {@code limitTicks}, taken out; null otherwise. */
  Frame takeBefore(long limitTicks) {
    Frame head = frames.peek();
    if (head == null || head.unit().decodeTimeTicks() >= limitTicks) {
      return null;
    }
    frames.poll();
    if (keepTicks >= 0) {
      owned.add(head);
      while (owned.peek().unit().decodeTimeTicks() < head.unit().decodeTimeTicks() - keepTicks) {
        owned.poll();
      }
    }
    return head;
  }

  /** The frames that were kept after they were taken, oldest first. */
  Iterable<Frame> owned() {
    return owned;
  }

  /** The frames that are still here, oldest first. */
  Iterable<Frame> waiting() {
    return frames;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** The record of the oldest frame, kept ones first, or {@code otherwise} if there is none. */
  long firstOffset(long otherwise) {
    if (!owned.isEmpty()) {
      return owned.peek().sourceOffset();
    }
    return frames.isEmpty() ? otherwise : frames.peek().sourceOffset();
  }

  /** End of the newest frame ever added, in the audio timescale. */
  long endTicks() {
    return endTicks;
  }

  void clear() {
    frames.clear();
    owned.clear();
    keepTicks = -1;
    endTicks = Long.MIN_VALUE;
  }
}

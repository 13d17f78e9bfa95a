package io.rostrum.transcode.segment;

import io.rostrum.media.AccessUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Audio frames that no segment owns yet, with the records they came in: a frame belongs to the
 * segment it starts in, and whether the next segment has started is known only when the video has
 * got as far.
 */
final class AudioQueue {
  /**
   * @param unit the frame on the broadcast's media clock, in the audio timescale
   * @param sourceOffset the record it came in
   * @param receivedAtMs when ingest had it
   */
  record Frame(AccessUnit unit, long sourceOffset, long receivedAtMs) {}

  private final Deque<Frame> frames = new ArrayDeque<>();
  private long endTicks = Long.MIN_VALUE;

  void add(Frame frame) {
    frames.add(frame);
    endTicks = frame.unit().endDecodeTimeTicks();
  }

  /** The oldest frame if it starts before {@code limitTicks}, taken out; null otherwise. */
  Frame takeBefore(long limitTicks) {
    Frame head = frames.peek();
    return head != null && head.unit().decodeTimeTicks() < limitTicks ? frames.poll() : null;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** The record of the oldest frame, or {@code otherwise} if there is none. */
  long firstOffset(long otherwise) {
    return frames.isEmpty() ? otherwise : frames.peek().sourceOffset();
  }

  /** End of the newest frame ever added, in the audio timescale. */
  long endTicks() {
    return endTicks;
  }

  void clear() {
    frames.clear();
    endTicks = Long.MIN_VALUE;
  }
}

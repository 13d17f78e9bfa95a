package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.h264.ParameterSets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a frame go as soon as its duration is certain: that is when it will be the grid's whatever
 * follows, or at the segment's end. Frames are encoded at once all the same. For one thread.
 */
final class PacketGate {
  private final FrameGrid grid;
  private final Exit exit;
  private final Deque<ParameterSets.Sample> held = new ArrayDeque<>();
  private long firstHeldSlot;
  private long wholeSlots;

  /** Where frames go, in order. */
  interface Exit {
    void frame(long dtsOut, int durationOut, ParameterSets.Sample sample);
  }

  PacketGate(FrameGrid grid, Exit exit) {
    this.grid = grid;
    this.exit = exit;
  }

  /** The next slot's frame. */
  void encoded(ParameterSets.Sample sample) {
    held.add(sample);
    release();
  }

  /** This many slots of the segment are known to be as long as the grid's. */
  void whole(long slots) {
    wholeSlots = Math.max(wholeSlots, slots);
    release();
  }

  /**
   * Lets the rest go; the last frame lasts to the segment's end, unless it went before. Frames
   * beyond its last slot are dropped.
   *
   * @param slots how many slots the segment has, all of them encoded
   * @param endOut the segment's end
   */
  void end(long slots, long endOut) {
    long slot = slots - 1;
    whole(slot);
    if (firstHeldSlot > slot) {
      held.clear();
      return;
    }
    ParameterSets.Sample last = held.poll();
    if (last == null || firstHeldSlot != slot) {
      throw new IllegalStateException(
          "frame of slot " + firstHeldSlot + " where the last slot is " + slot);
    }
    long dts = grid.slotOut(slot);
    exit.frame(dts, Math.toIntExact(endOut - dts), last);
    firstHeldSlot++;
    held.clear();
  }

  private void release() {
    while (!held.isEmpty() && firstHeldSlot < wholeSlots) {
      long dts = grid.slotOut(firstHeldSlot);
      exit.frame(dts, Math.toIntExact(grid.slotOut(firstHeldSlot + 1) - dts), held.remove());
      firstHeldSlot++;
    }
  }
}

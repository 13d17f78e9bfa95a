package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.h264.ParameterSets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a frame go as soon as its duration is certain: that is when the next slot is known to exist,
 * or at the segment's end. Frames are encoded at once all the same, so what a frame waits for is
 * the next source sample and nothing else. For one thread.
 */
final class PacketGate {
  private final FrameGrid grid;
  private final Exit exit;
  private final Deque<ParameterSets.Sample> held = new ArrayDeque<>();
  private long firstHeldSlot;
  private long certainSlots = 1;

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

  /** The segment is known to have this many slots or more. */
  void certain(long slots) {
    certainSlots = Math.max(certainSlots, slots);
    release();
  }

  /**
   * Lets the rest go; the last frame lasts to the segment's end. Frames beyond its last slot are
   * dropped.
   *
   * @param slots how many slots the segment has, all of them encoded
   * @param endOut the segment's end
   */
  void end(long slots, long endOut) {
    certain(slots);
    ParameterSets.Sample last = held.poll();
    long slot = slots - 1;
    if (last == null || firstHeldSlot != slot) {
      throw new IllegalStateException(
          "frame of slot " + firstHeldSlot + " where the last slot is " + slot);
    }
    long dts = grid.slotOut(slot);
    exit.frame(dts, Math.toIntExact(endOut - dts), last);
    held.clear();
  }

  private void release() {
    while (!held.isEmpty() && firstHeldSlot + 1 < certainSlots) {
      long dts = grid.slotOut(firstHeldSlot);
      exit.frame(dts, Math.toIntExact(grid.slotOut(firstHeldSlot + 1) - dts), held.remove());
      firstHeldSlot++;
    }
  }
}

package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.DecodedPicture;
import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.ScalerChain;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rungs of one frame rate: they show the same pictures in the same slots, so each is scaled
 * from the one before it. Fills the grid's slots with what the decoder gives. For the worker's
 * thread.
 */
final class RateGroup implements AutoCloseable {
  private final FrameGrid grid;
  private final WorkerLimits limits;
  private final Runnable checkLanes;
  private final List<RungLane> lanes = new ArrayList<>();
  private final ScalerChain scalers;
  private final DecodedPicture preRoll;
  private Thumbnails thumbnails;
  private int nextSlot;

  /**
   * @param rungs largest first
   * @param sink gets the encoded frames, on the lanes' threads
   * @param onFailure told of each lane that fails, on its thread
   * @param checkLanes throws once a lane has failed
   */
  RateGroup(
      WorkerRequest.BeginSegment begin,
      VideoInput input,
      FrameRate rate,
      List<Ladder.Entry> rungs,
      WorkerLimits limits,
      EncodedSink sink,
      Consumer<Throwable> onFailure,
      Runnable checkLanes) {
    this.grid = new FrameGrid(begin.startPtsTicks(), input.timescale(), rate);
    this.limits = limits;
    this.checkLanes = checkLanes;
    this.scalers = new ScalerChain(rungs.size());
    this.preRoll = new DecodedPicture();
    try {
      for (Ladder.Entry entry : rungs) {
        PacketGate gate =
            new PacketGate(
                grid,
                (dtsOut, durationOut, sample) ->
                    sink.encoded(begin.msn(), entry.rung().name(), dtsOut, durationOut, sample));
        lanes.add(new RungLane(entry.rung(), entry.avcC(), gate, onFailure));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Takes thumbnails of these rungs, the group's smallest and its largest. */
  void thumbnails(
      WorkerRequest.ConfigureThumbnails wanted, Rung smallest, Rung largest, Thumbnails.Exit exit) {
    thumbnails = new Thumbnails(wanted, smallest, largest, grid, exit);
  }

  /** See {@link FrameGrid#wholeSlots}. */
  void certain(long latestPtsTicks, long frameTicks) {
    checkedSlots(grid.certainSlots(latestPtsTicks));
    long whole = grid.wholeSlots(latestPtsTicks, frameTicks);
    lanes.forEach(lane -> lane.whole(whole));
  }

  /** Puts a picture into its slot, if that is still free. */
  void place(DecodedPicture picture) {
    long slot = grid.slotOf(picture.ptsTicks());
    if (slot < 0 && nextSlot == 0) {
      preRoll.share(picture);
      return;
    }
    if (slot < nextSlot) {
      // A source faster than the grid, or times that go back: the slot has its frame already.
      return;
    }
    if (nextSlot == 0 && slot > 0 && preRoll.isPresent()) {
      submit(preRoll, 0);
    }
    submit(picture, checkedSlots(slot));
  }

  /**
   * Gives the lanes all that is left to do; {@link #await} for it.
   *
   * @return whether there is a picture to show at all
   */
  boolean end(long endPtsTicks, long latestPtsTicks) {
    int slots = checkedSlots(grid.slots(endPtsTicks, latestPtsTicks));
    long endOut = grid.toOutput(endPtsTicks);
    if (grid.slotOut(slots - 1) >= endOut) {
      throw new SegmentException(
          "the segment ends at "
              + endPtsTicks
              + ", not at least 2 ms after its last sample at "
              + latestPtsTicks);
    }
    if (nextSlot == 0 && preRoll.isPresent()) {
      submit(preRoll, 0);
    }
    if (nextSlot == 0) {
      return false;
    }
    lanes.forEach(lane -> lane.end(slots, endOut));
    return true;
  }

  void await() {
    lanes.forEach(RungLane::await);
  }

  private void submit(DecodedPicture picture, int slot) {
    checkLanes.run();
    List<Picture> canvases = new ArrayList<>(lanes.size());
    for (RungLane lane : lanes) {
      canvases.add(lane.takeCanvas());
    }
    scalers.scale(picture, canvases);
    if (thumbnails != null) {
      // The first picture is shown from the segment's start, wherever its own slot lies.
      thumbnails.shown(
          canvases.get(canvases.size() - 1), canvases.get(0), nextSlot == 0 ? 0 : slot);
    }
    for (int i = 0; i < canvases.size(); i++) {
      lanes.get(i).submit(canvases.get(i), slot);
    }
    nextSlot = slot + 1;
  }

  private int checkedSlots(long slots) {
    if (slots > limits.maxFramesPerSegment()) {
      throw new SegmentException(
          "times reach slot "
              + slots
              + ", over the limit of "
              + limits.maxFramesPerSegment()
              + " frames");
    }
    return (int) slots;
  }

  /** Ends the lanes, finished or not, and frees their memory. */
  @Override
  public void close() {
    lanes.forEach(RungLane::close);
    if (thumbnails != null) {
      thumbnails.close();
    }
    scalers.close();
    preRoll.close();
  }
}

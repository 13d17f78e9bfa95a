package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.DecodedPicture;
import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.ScalerChain;
import io.rostrum.codecworker.libav.VideoDecoder;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The encoding of one segment, from its first sample to its last frame. Everything native that it
 * uses is made by it and freed by {@link #close}. For the worker's thread.
 */
public final class SegmentJob implements AutoCloseable {
  private final WorkerLimits limits;
  private final FrameGrid grid;
  private final List<RungLane> lanes = new ArrayList<>();
  private final VideoDecoder decoder;
  private final ScalerChain scalers;
  private final DecodedPicture preRoll;
  private final AtomicReference<Throwable> laneFailure = new AtomicReference<>();

  private long latestPtsTicks;
  private long segmentBytes;
  private int samples;
  private int decoded;
  private int nextSlot;

  /**
   * Opens a decoder and an encoder per rung.
   *
   * @param begin which segment
   * @param input what its samples are coded in
   * @param ladder the rungs, largest first
   * @param limits what it may cost
   * @param sink gets the encoded frames, on the lanes' threads
   */
  public SegmentJob(
      WorkerRequest.BeginSegment begin,
      VideoInput input,
      Ladder ladder,
      WorkerLimits limits,
      EncodedSink sink) {
    this.limits = limits;
    this.grid = new FrameGrid(begin.startPtsTicks(), input.timescale(), ladder.frameRate());
    this.latestPtsTicks = begin.startPtsTicks();
    this.decoder = new VideoDecoder(input, limits.maxPixels());
    this.scalers = new ScalerChain(ladder.rungs().size());
    this.preRoll = new DecodedPicture();
    try {
      for (Ladder.Entry entry : ladder.rungs()) {
        PacketGate gate =
            new PacketGate(
                grid,
                (dtsOut, durationOut, sample) ->
                    sink.encoded(begin.msn(), entry.rung().name(), dtsOut, durationOut, sample));
        lanes.add(
            new RungLane(
                entry.rung(),
                entry.avcC(),
                gate,
                failure -> laneFailure.compareAndSet(null, failure)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Decodes a sample and hands what comes of it to the encoders.
   *
   * @throws RuntimeException if the segment has failed; the job can only be closed then
   */
  public void sample(WorkerRequest.Sample sample) {
    samples++;
    segmentBytes += sample.data().length;
    if (samples > limits.maxFramesPerSegment()) {
      throw new SegmentException("more than " + limits.maxFramesPerSegment() + " samples");
    }
    if (segmentBytes > limits.maxSegmentBytes()) {
      throw new SegmentException("more than " + limits.maxSegmentBytes() + " bytes");
    }
    if (sample.ptsTicks() > latestPtsTicks) {
      latestPtsTicks = sample.ptsTicks();
      long certain = checkedSlots(grid.certainSlots(latestPtsTicks));
      lanes.forEach(lane -> lane.certain(certain));
    }
    decoder.decode(sample.data(), sample.ptsTicks(), sample.dtsTicks(), this::place);
    checkLanes();
  }

  /**
   * Decodes and encodes to the segment's end; returns when the last frame has gone to the sink.
   *
   * @param endPtsTicks the segment's exact end in the input's timescale
   * @throws RuntimeException if the segment has failed
   */
  public void end(long endPtsTicks) {
    decoder.flush(this::place);
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
      throw new SegmentException(
          "no frame could be decoded from "
              + samples
              + " samples ("
              + decoder.rejectedSamples()
              + " refused)");
    }
    lanes.forEach(lane -> lane.end(slots, endOut));
    lanes.forEach(RungLane::await);
    checkLanes();
  }

  /** Samples that the decoder refused, which others around them may have concealed. */
  public int rejectedSamples() {
    return decoder.rejectedSamples();
  }

  private void place(DecodedPicture picture) {
    if (++decoded > limits.maxFramesPerSegment()) {
      throw new SegmentException("more than " + limits.maxFramesPerSegment() + " decoded frames");
    }
    if (!picture.hasPts()) {
      return;
    }
    long slot = grid.slotOf(picture.ptsTicks());
    if (slot < 0 && nextSlot == 0) {
      preRoll.takeFrom(picture);
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

  private void submit(DecodedPicture picture, int slot) {
    checkLanes();
    List<Picture> canvases = new ArrayList<>(lanes.size());
    for (RungLane lane : lanes) {
      canvases.add(lane.takeCanvas());
    }
    scalers.scale(picture, canvases);
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

  private void checkLanes() {
    Throwable failure = laneFailure.get();
    if (failure != null) {
      throw new SegmentException("encoding failed: " + failure.getMessage());
    }
  }

  /**
   * Ends the lanes, finished or not, and gives all native memory back. No frame reaches the sink
   * after it.
   */
  @Override
  public void close() {
    lanes.forEach(RungLane::close);
    scalers.close();
    decoder.close();
    preRoll.close();
    Libav.trimMemory();
  }
}

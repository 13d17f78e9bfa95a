package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.DecodedPicture;
import io.rostrum.codecworker.libav.Libav;
import io.rostrum.codecworker.libav.VideoDecoder;
import io.rostrum.contracts.codec.Rung;
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
  private final VideoDecoder decoder;
  private final List<RateGroup> groups = new ArrayList<>();
  private final AtomicReference<Throwable> laneFailure = new AtomicReference<>();

  private long latestPtsTicks;

  /** From the latest presentation time to the one before it; 0 while there is only one. */
  private long frameTicks;

  private long segmentBytes;
  private int samples;
  private int decoded;

  /**
   * Opens a decoder and an encoder per rung.
   *
   * @param begin which segment
   * @param input what its samples are coded in
   * @param ladder the rungs, largest first
   * @param thumbnails what small pictures to take; null for none
   * @param limits what it may cost
   * @param sink gets the encoded frames, on the lanes' threads
   */
  public SegmentJob(
      WorkerRequest.BeginSegment begin,
      VideoInput input,
      Ladder ladder,
      WorkerRequest.ConfigureThumbnails thumbnails,
      WorkerLimits limits,
      EncodedSink sink) {
    this.limits = limits;
    this.latestPtsTicks = begin.startPtsTicks();
    this.decoder = new VideoDecoder(input, limits.maxPixels());
    try {
      ladder
          .byFrameRate()
          .forEach(
              (rate, rungs) ->
                  groups.add(
                      new RateGroup(
                          begin,
                          input,
                          rate,
                          rungs,
                          limits,
                          sink,
                          failure -> laneFailure.compareAndSet(null, failure),
                          this::checkLanes)));
      if (thumbnails != null) {
        Rung smallest = ladder.smallest();
        Rung largest = ladder.byFrameRate().get(smallest.frameRate()).get(0).rung();
        groups
            .get(List.copyOf(ladder.byFrameRate().keySet()).indexOf(smallest.frameRate()))
            .thumbnails(
                thumbnails,
                smallest,
                largest,
                (timeOut, jpeg, poster) -> sink.thumbnail(begin.msn(), timeOut, jpeg, poster));
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
      frameTicks = sample.ptsTicks() - latestPtsTicks;
      latestPtsTicks = sample.ptsTicks();
      groups.forEach(group -> group.certain(latestPtsTicks, frameTicks));
    }
    decoder.decode(sample, this::place);
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
    for (RateGroup group : groups) {
      if (!group.end(endPtsTicks, latestPtsTicks)) {
        throw new SegmentException(
            "no frame could be decoded from "
                + samples
                + " samples ("
                + decoder.rejectedSamples()
                + " refused)");
      }
    }
    groups.forEach(RateGroup::await);
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
    if (picture.hasPts()) {
      groups.forEach(group -> group.place(picture));
    }
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
    groups.forEach(RateGroup::close);
    decoder.close();
    Libav.trimMemory();
  }
}

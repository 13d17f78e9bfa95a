package io.rostrum.transcode.audio;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioFormat;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.SegmentSound;
import io.rostrum.transcode.worker.SegmentFeed;
import io.rostrum.transcode.worker.WorkerCommand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has the sound of one broadcast's segments encoded. Its child is started by the first segment that
 * needs it.
 */
public final class AudioFeed extends SegmentFeed {
  private static final Logger LOG = Logger.getLogger(AudioFeed.class);
  private final Deque<String> configuring = new ArrayDeque<>();

  /** Frames that came before it was certain whose they are. */
  private final Deque<WorkerReply.EncodedAudio> held = new ArrayDeque<>();

  private byte[] config;
  private Configured configuredFor;

  /** What its child was told: a publication may go on with a track more or less. */
  private record Configured(String publication, AudioFormat input) {}

  /**
   * @param owner runs work in the owner loop's thread
   * @param changed called there when something came of a segment
   * @param condemned gets, there, each segment that is given up because children died of it
   */
  public AudioFeed(
      String broadcast,
      WorkerCommand command,
      WorkerLimits limits,
      Executor owner,
      Runnable changed,
      Consumer<Segment> condemned) {
    super("audio worker", broadcast, () -> command, limits, owner, changed, condemned);
  }

  /** The AudioSpecificConfig of what is encoded; null until the child has said it. */
  public byte[] decoderConfig() {
    return config;
  }

  /** Takes a segment on, in the order of their numbers. */
  public void add(Segment segment) {
    warmUp();
    if (unavailable() != null) {
      gap(segment, unavailable());
    } else {
      accept(segment);
    }
  }

  /** Sends what is there to send, and hands on what is certain by now. */
  @Override
  public void pump() {
    release();
    super.pump();
  }

  @Override
  protected boolean begin(Segment segment) {
    SegmentSound sound = segment.sound();
    if (!sound.isBegun()) {
      return false;
    }
    worker.send(new WorkerRequest.BeginAudio(segment.msn(), sound.startFrameTicks()));
    return true;
  }

  @Override
  protected int send(Segment segment, int from) {
    List<WorkerRequest.AudioSample> samples = segment.sound().samples();
    samples.subList(from, samples.size()).forEach(worker::send);
    return samples.size();
  }

  @Override
  protected boolean end(Segment segment) {
    if (!segment.sound().isWhole()) {
      return false;
    }
    worker.send(new WorkerRequest.EndAudio(segment.msn(), segment.sound().endFrameTicks()));
    return true;
  }

  @Override
  protected void cutShort(Segment segment) {
    worker.send(new WorkerRequest.EndAudio(segment.msn(), segment.sound().startFrameTicks()));
  }

  @Override
  protected void take(WorkerReply reply) {
    if (reply instanceof WorkerReply.EncodedAudio frame) {
      held.add(frame);
      release();
    } else if (reply instanceof WorkerReply.AudioDone done) {
      release();
      finish(done.msn(), null);
    } else if (reply instanceof WorkerReply.AudioFailed failed) {
      LOG.warnf(
          "Audio of a segment not encoded: broadcast=%s msn=%d reason=%s",
          broadcast, failed.msn(), failed.reason());
      finish(failed.msn(), failed.reason());
    } else if (reply instanceof WorkerReply.AudioReady ready) {
      started();
      configuring.poll();
      config = ready.decoderConfig();
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      configuredFor = null;
      refuse(configuring.poll(), failed.reason());
    }
  }

  private void release() {
    while (!held.isEmpty()) {
      WorkerReply.EncodedAudio frame = held.peek();
      Segment segment = inFlight.get(frame.msn());
      SegmentSound sound = segment == null ? null : segment.sound();
      if (sound != null && frame.ptsTicks() >= sound.certainTicks() && !sound.isWhole()) {
        return;
      }
      held.poll();
      if (sound != null && frame.ptsTicks() < sound.certainTicks()) {
        RenditionSegment rendition = segment.rendition(Ladder.AUDIO);
        if (rendition != null && !rendition.isComplete()) {
          rendition.add(
              new AccessUnit(
                  frame.ptsTicks(), 0, AudioOutput.SAMPLES_PER_FRAME, true, frame.data()),
              0);
        }
      }
    }
  }

  @Override
  protected void finished(Segment segment, String failure) {
    if (failure != null) {
      held.removeIf(frame -> frame.msn() == segment.msn());
      gap(segment, failure);
      return;
    }
    RenditionSegment rendition = segment.rendition(Ladder.AUDIO);
    if (rendition != null && !rendition.isComplete()) {
      rendition.complete("the segment is too short for a frame of audio");
    }
  }

  @Override
  protected void forget() {
    configuredFor = null;
    configuring.clear();
    held.clear();
  }

  @Override
  protected void restart(Segment segment) {
    segment.restartRendition(Ladder.AUDIO);
  }

  @Override
  protected void configureFor(Segment segment) {
    SegmentSound sound = segment.sound();
    Configured wanted = new Configured(segment.publication().id(), sound.input());
    if (worker == null || wanted.equals(configuredFor)) {
      return;
    }
    worker.send(
        new WorkerRequest.ConfigureAudio(AudioInputs.of(sound.input()), sound.output(), limits));
    configuring.add(wanted.publication());
    configuredFor = wanted;
  }

  @Override
  protected void gap(Segment segment, String reason) {
    RenditionSegment rendition = segment.rendition(Ladder.AUDIO);
    if (rendition != null && !rendition.isComplete()) {
      rendition.becomeGap(reason);
    }
  }
}

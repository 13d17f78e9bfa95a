package io.rostrum.transcode.audio;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.media.AccessUnit;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.SegmentSound;
import io.rostrum.transcode.worker.Worker;
import io.rostrum.transcode.worker.WorkerCommand;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has the sound of one broadcast's segments encoded by a codec child of its own, and survives the
 * child: one that dies is replaced and gets what it had not finished again, and a segment that was
 * in work at a second death becomes a gap in the audio.
 *
 * <p>The child is started by the first segment that needs it. Belongs to the owner loop's thread;
 * the child's threads hand over through the executor.
 */
public final class AudioFeed implements AutoCloseable, Worker.Listener {
  private static final Logger LOG = Logger.getLogger(AudioFeed.class);
  private static final int MAX_FAILED_STARTS = 3;
  private static final int MAX_DEATHS_PER_SEGMENT = 2;

  /** The child's own watchdog has the first say. */
  private static final int ANSWER_GRACE_MS = 5_000;

  private final String broadcast;
  private final WorkerCommand command;
  private final WorkerLimits limits;
  private final Executor owner;
  private final Runnable changed;
  private final Consumer<Segment> condemned;
  private final TreeMap<Long, Segment> inFlight = new TreeMap<>();
  private final Map<Long, Integer> deaths = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final Deque<String> configuring = new ArrayDeque<>();

  /** Frames that came before it was certain whose they are. */
  private final Deque<WorkerReply.EncodedAudio> held = new ArrayDeque<>();

  private Worker worker;
  private byte[] config;
  private String configuredFor;
  private long feeding = -1;
  private int samplesSent;
  private long lastSent = -1;
  private int failedStarts;
  private String unavailable;

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
    this.broadcast = broadcast;
    this.command = command;
    this.limits = limits;
    this.owner = owner;
    this.changed = changed;
    this.condemned = condemned;
  }

  /** Starts the child ahead of its first segment, so that its start-up costs no latency. */
  public void warmUp() {
    if (worker != null || unavailable != null) {
      return;
    }
    try {
      worker = Worker.start(broadcast, command, this);
      LOG.infof("Audio worker started: broadcast=%s pid=%d", broadcast, worker.pid());
    } catch (IOException e) {
      giveUp("the audio worker cannot be started: " + e.getMessage());
    }
  }

  /** Why nothing can be encoded; null while it can. */
  public String unavailable() {
    return unavailable;
  }

  /** Gives up on encoding: the audio of publications that need it becomes a gap. */
  public void giveUp(String reason) {
    unavailable = reason;
    LOG.errorf(
        "Encoding of audio given up, it becomes a gap: broadcast=%s reason=%s", broadcast, reason);
    List.copyOf(inFlight.keySet()).forEach(msn -> finish(msn, reason));
    close();
  }

  /** The AudioSpecificConfig of what is encoded; null until the child has said it. */
  public byte[] decoderConfig() {
    return config;
  }

  /** How many segments wait for the child. */
  public int segmentsInFlight() {
    return inFlight.size();
  }

  /** Takes a segment on, in the order of their numbers. */
  public void add(Segment segment) {
    if (unavailable == null) {
      warmUp();
    }
    if (unavailable != null) {
      gap(segment, unavailable);
      return;
    }
    inFlight.put(segment.msn(), segment);
    pump();
  }

  /** Sends what is there to send, and hands on what is certain by now. */
  public void pump() {
    release();
    if (worker != null && worker.silentMs() > limits.segmentBusyLimitMs() + ANSWER_GRACE_MS) {
      worker.kill("it has not answered for " + worker.silentMs() + " ms");
    }
    while (worker != null) {
      Map.Entry<Long, Segment> next =
          feeding >= 0 ? Map.entry(feeding, inFlight.get(feeding)) : inFlight.higherEntry(lastSent);
      if (next == null) {
        return;
      }
      Segment segment = next.getValue();
      SegmentSound sound = segment.sound();
      if (feeding < 0) {
        configureFor(segment);
        String refusal = refusals.get(segment.publication().id());
        if (refusal != null) {
          finish(segment.msn(), refusal);
          continue;
        }
        if (!sound.isBegun()) {
          return;
        }
        worker.send(new WorkerRequest.BeginAudio(segment.msn(), sound.startFrameTicks()));
        feeding = segment.msn();
        samplesSent = 0;
      }
      for (; samplesSent < sound.samples().size(); samplesSent++) {
        worker.send(sound.samples().get(samplesSent));
      }
      if (!sound.isWhole()) {
        return;
      }
      worker.send(new WorkerRequest.EndAudio(segment.msn(), sound.endFrameTicks()));
      lastSent = segment.msn();
      feeding = -1;
    }
  }

  @Override
  public void replied(Worker from, WorkerReply reply) {
    owner.execute(
        () -> {
          if (from == worker) {
            take(reply);
            changed.run();
          }
        });
  }

  @Override
  public void died(Worker from, String reason) {
    owner.execute(
        () -> {
          if (from == worker) {
            replace(reason);
            changed.run();
          }
        });
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  private void take(WorkerReply reply) {
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
      failedStarts = 0;
      configuring.poll();
      config = ready.decoderConfig();
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      refuse(configuring.poll(), failed.reason());
    }
  }

  /** A publication whose audio cannot be decoded; the child goes on with others. */
  private void refuse(String publication, String reason) {
    LOG.warnf(
        "Audio of a publication refused: broadcast=%s publication=%s reason=%s",
        broadcast, publication, reason);
    refusals.put(publication, reason);
    configuredFor = null;
    for (Segment segment : List.copyOf(inFlight.values())) {
      if (segment.publication().id().equals(publication)) {
        finish(segment.msn(), reason);
      }
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

  private void finish(long msn, String failure) {
    Segment segment = inFlight.remove(msn);
    deaths.remove(msn);
    if (segment == null) {
      return;
    }
    if (feeding == msn) {
      // The child wants no more of it, but the next one begins only behind its end.
      worker.send(new WorkerRequest.EndAudio(msn, segment.sound().startFrameTicks()));
      feeding = -1;
    }
    lastSent = Math.max(lastSent, msn);
    if (failure != null) {
      held.removeIf(frame -> frame.msn() == msn);
      gap(segment, failure);
    } else {
      RenditionSegment rendition = segment.rendition(Ladder.AUDIO);
      if (rendition != null && !rendition.isComplete()) {
        rendition.complete("the segment is too short for a frame of audio");
      }
    }
  }

  private void replace(String reason) {
    worker = null;
    configuredFor = null;
    configuring.clear();
    held.clear();
    feeding = -1;
    lastSent = -1;
    if (inFlight.isEmpty() && ++failedStarts >= MAX_FAILED_STARTS) {
      giveUp("the audio worker does not stay up: " + reason);
      return;
    }
    if (!inFlight.isEmpty()) {
      long msn = inFlight.firstKey();
      if (deaths.merge(msn, 1, Integer::sum) >= MAX_DEATHS_PER_SEGMENT) {
        condemned.accept(inFlight.get(msn));
        finish(msn, "the audio worker died twice on this segment: " + reason);
        lastSent = -1;
      }
      inFlight.values().forEach(segment -> segment.restartRendition(Ladder.AUDIO));
    }
    warmUp();
    pump();
  }

  private void configureFor(Segment segment) {
    String publication = segment.publication().id();
    if (worker == null || publication.equals(configuredFor)) {
      return;
    }
    SegmentSound sound = segment.sound();
    worker.send(
        new WorkerRequest.ConfigureAudio(AudioInputs.of(sound.input()), sound.output(), limits));
    configuring.add(publication);
    configuredFor = publication;
  }

  private static void gap(Segment segment, String reason) {
    RenditionSegment rendition = segment.rendition(Ladder.AUDIO);
    if (rendition != null && !rendition.isComplete()) {
      rendition.becomeGap(reason);
    }
  }
}

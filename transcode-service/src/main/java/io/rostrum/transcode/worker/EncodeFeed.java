package io.rostrum.transcode.worker;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.VideoFormat;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.VideoSample;
import io.rostrum.transcode.storyboard.StoryboardRules;
import io.rostrum.transcode.storyboard.Thumbnail;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has the segments of one broadcast encoded by a codec child, and survives the child.
 *
 * <p>A child that dies is replaced, and every segment it had not finished is sent again from its
 * first picture: the same input gives the same bytes. A segment that was in work when a child died
 * for the second time becomes a gap (DESIGN.md, invariant 8), so that what kills decoders cannot
 * stop an event.
 *
 * <p>Belongs to the owner loop's thread; the child's threads hand over through the executor.
 */
public final class EncodeFeed implements AutoCloseable, Worker.Listener {
  private static final Logger LOG = Logger.getLogger(EncodeFeed.class);

  /** Children in a row that die before they are ready, after which encoding is given up. */
  private static final int MAX_FAILED_STARTS = 3;

  private static final int MAX_DEATHS_PER_SEGMENT = 2;

  /** A segment has at most 20 s, and a thumbnail at most every 100 ms. */
  private static final int MAX_THUMBNAILS_PER_SEGMENT = 200;

  /** The child's own watchdog has the first say. */
  private static final int ANSWER_GRACE_MS = 5_000;

  private final String broadcast;
  private final WorkerCommand command;
  private final WorkerLimits limits;
  private final StoryboardRules storyboard;
  private final Executor owner;
  private final Runnable changed;
  private final Consumer<Segment> condemned;
  private final TreeMap<Long, Segment> inFlight = new TreeMap<>();
  private final Map<Long, Integer> deaths = new HashMap<>();
  private final Map<String, byte[]> decoderConfigs = new HashMap<>();

  /** Publications that the child cannot decode, and why. */
  private final Map<String, String> refusals = new HashMap<>();

  private final Map<Long, Long> endSentNanos = new HashMap<>();
  private final EncodeLag lag = new EncodeLag();
  private final Deque<SourceEnd> sourceEnds = new ArrayDeque<>();

  private Worker worker;
  private long cpuSeenNanos;
  private long encodedTicks;
  private double realTimeFactor;
  private String configuredFor;
  private List<Rung> configuredRungs = List.of();
  private WorkerRequest.ConfigureThumbnails thumbnailsAskedFor;

  /** The publication whose configuration was not answered yet; null where all were. */
  private String configuring;

  private long feeding = -1;
  private int samplesSent;
  private long lastSent = -1;
  private int failedStarts;
  private String unavailable;

  /**
   * The source of a segment has ended, and the child was told so.
   *
   * @param lagMs how far encoding was behind at that moment
   */
  public record SourceEnd(long msn, long lagMs) {}

  /**
   * @param storyboard which small pictures to ask for; null for none
   * @param owner runs work in the owner loop's thread
   * @param changed called there when something came of a segment
   * @param condemned gets, there, each segment that is given up because children died of it
   */
  public EncodeFeed(
      String broadcast,
      WorkerCommand command,
      WorkerLimits limits,
      StoryboardRules storyboard,
      Executor owner,
      Runnable changed,
      Consumer<Segment> condemned) {
    this.broadcast = broadcast;
    this.command = command;
    this.limits = limits;
    this.storyboard = storyboard;
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
      LOG.infof("Codec worker started: broadcast=%s pid=%d", broadcast, worker.pid());
    } catch (IOException e) {
      unavailable = "the codec worker cannot be started: " + e.getMessage();
      LOG.errorf(
          "Codec worker cannot be started, encoded renditions become gaps: broadcast=%s error=%s",
          broadcast, e);
    }
  }

  /** Makes the rungs known and asks the child for their headers, if it has nothing else to do. */
  public void configure(Segment next) {
    warmUp();
    if (inFlight.isEmpty()) {
      configureFor(next);
    }
  }

  /** Why nothing can be encoded; null while it can. */
  public String unavailable() {
    return unavailable;
  }

  /** Gives up on encoding, for a child that does not become ready in time. */
  public void giveUp(String reason) {
    unavailable = reason;
    LOG.errorf(
        "Encoding given up, encoded renditions become gaps: broadcast=%s reason=%s",
        broadcast, reason);
    inFlight.values().forEach(segment -> gap(segment, reason));
    inFlight.clear();
    close();
  }

  /** The avcC of a rung's encoder; null until its child is configured. */
  public byte[] decoderConfig(String rung) {
    return decoderConfigs.get(rung);
  }

  /** Whether the header of every rung of the segment is known. */
  public boolean isReady(Segment segment) {
    return segment.rungs().stream().allMatch(rung -> decoderConfigs.containsKey(rung.name()));
  }

  /**
   * Seconds of media encoded per second of processor time, over the segments since the last call
   * that had some; 0 before the first.
   */
  public double realTimeFactor() {
    long cpuNanos = worker == null ? 0 : worker.cpuTime().toNanos();
    if (encodedTicks > 0 && cpuNanos > cpuSeenNanos) {
      realTimeFactor = encodedTicks * (1e9 / Fact.CLOCK_HZ) / (cpuNanos - cpuSeenNanos);
      cpuSeenNanos = cpuNanos;
      encodedTicks = 0;
    }
    return realTimeFactor;
  }

  /** How long ago the source of the oldest segment ended that is still being encoded. */
  public long behindMs() {
    Long endNanos = inFlight.isEmpty() ? null : endSentNanos.get(inFlight.firstKey());
    return endNanos == null ? 0 : lag.since(endNanos, System.nanoTime());
  }

  /** The oldest segment that is being encoded, or waits for it; -1 where there is none. */
  public long oldestMsn() {
    return inFlight.isEmpty() ? -1 : inFlight.firstKey();
  }

  /** The next segment whose source has ended, each once; null where there is none. */
  public SourceEnd pollSourceEnd() {
    return sourceEnds.poll();
  }

  /**
   * Waits no longer for a segment whose source has ended, and has the child stop encoding it: what
   * others show must not wait for it. Nothing happens if it is done.
   */
  public void leaveOut(long msn, String reason) {
    if (inFlight.containsKey(msn)) {
      if (worker != null) {
        worker.send(new WorkerRequest.AbandonSegment(msn));
      }
      finish(msn, reason);
    }
  }

  /** How many segments wait for the child. */
  public int segmentsInFlight() {
    return inFlight.size();
  }

  /** Takes a segment on, in the order of their numbers. */
  public void add(Segment segment) {
    String reason = unavailable != null ? unavailable : reasonAgainst(segment);
    if (reason != null) {
      gap(segment, reason);
      return;
    }
    inFlight.put(segment.msn(), segment);
    pump();
  }

  /** Sends what is there to send, and replaces a child that does not answer. */
  public void pump() {
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
      if (feeding < 0) {
        configureFor(segment);
        String refusal = refusals.get(segment.publication().id());
        if (refusal != null) {
          finish(segment.msn(), refusal);
          lastSent = segment.msn();
          continue;
        }
        askForThumbnails(segment);
        worker.send(new WorkerRequest.BeginSegment(segment.msn(), segment.startTicks()));
        feeding = segment.msn();
        samplesSent = 0;
      }
      List<VideoSample> samples = segment.samples();
      for (; samplesSent < samples.size(); samplesSent++) {
        VideoSample sample = samples.get(samplesSent);
        lag.given(sample.ptsTicks(), System.nanoTime());
        worker.send(
            new WorkerRequest.Sample(
                sample.ptsTicks(), sample.dtsTicks(), sample.sync(), sample.data()));
      }
      if (!segment.samplesComplete()) {
        return;
      }
      worker.send(new WorkerRequest.EndSegment(segment.msn(), segment.endTicks()));
      sourceEnded(segment);
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

  private void sourceEnded(Segment segment) {
    long now = System.nanoTime();
    if (endSentNanos.putIfAbsent(segment.msn(), now) == null) {
      List<String> rungs = segment.rungs().stream().map(Rung::name).toList();
      sourceEnds.add(new SourceEnd(segment.msn(), lag.millis(rungs, now)));
    }
  }

  private void take(WorkerReply reply) {
    if (reply instanceof WorkerReply.Encoded frame) {
      encoded(frame);
    } else if (reply instanceof WorkerReply.Thumbnail thumbnail) {
      thumbnail(thumbnail);
    } else if (reply instanceof WorkerReply.SegmentDone done) {
      finish(done.msn(), null);
    } else if (reply instanceof WorkerReply.SegmentFailed failed) {
      if (inFlight.containsKey(failed.msn())) {
        LOG.warnf(
            "Segment not encoded: broadcast=%s msn=%d reason=%s",
            broadcast, failed.msn(), failed.reason());
      }
      finish(failed.msn(), failed.reason());
    } else if (reply instanceof WorkerReply.RungReady ready) {
      failedStarts = 0;
      configuring = null;
      lag.ready(System.nanoTime());
      decoderConfigs.put(ready.rung(), ready.decoderConfig());
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      refuse(failed.reason());
    } else if (reply instanceof WorkerReply.Ready ready) {
      LOG.infof(
          "Codec worker ready: broadcast=%s build=%s cpu=%s",
          broadcast, ready.build(), ready.cpuFeatures());
    }
  }

  /**
   * Where the rungs were encoded before, it is the publication that cannot be decoded: its segments
   * become gaps, and the next publication has another chance.
   */
  private void refuse(String reason) {
    String publication = configuring;
    if (decoderConfigs.isEmpty() || publication == null) {
      giveUp(reason);
      return;
    }
    LOG.warnf(
        "Publication cannot be encoded: broadcast=%s publication=%s reason=%s",
        broadcast, publication, reason);
    refusals.put(publication, reason);
    configuring = null;
    configuredFor = null;
    for (Segment segment : List.copyOf(inFlight.values())) {
      if (segment.publication().id().equals(publication)) {
        finish(segment.msn(), reason);
      }
    }
  }

  private void encoded(WorkerReply.Encoded frame) {
    Segment segment = inFlight.get(frame.msn());
    if (segment != null) {
      lag.encoded(frame.rung(), frame.ptsTicks() + frame.durationTicks());
    }
    RenditionSegment rendition = segment == null ? null : segment.rendition(frame.rung());
    if (rendition != null && !rendition.isComplete()) {
      rendition.add(
          new AccessUnit(
              frame.dtsTicks(),
              (int) (frame.ptsTicks() - frame.dtsTicks()),
              frame.durationTicks(),
              frame.sync(),
              frame.data()),
          segment.receivedAtMs(frame.ptsTicks() + frame.durationTicks() / 2));
    }
  }

  private void thumbnail(WorkerReply.Thumbnail picture) {
    Segment segment = inFlight.get(picture.msn());
    if (segment != null && segment.thumbnails().size() < MAX_THUMBNAILS_PER_SEGMENT) {
      segment.thumbnails().add(new Thumbnail(picture.ptsTicks(), picture.jpeg(), picture.poster()));
    }
  }

  private void finish(long msn, String failure) {
    Segment segment = inFlight.remove(msn);
    deaths.remove(msn);
    endSentNanos.remove(msn);
    if (segment == null) {
      return;
    }
    if (segment.samplesComplete()) {
      lag.doneUntil(segment.endTicks());
    } else {
      lag.clear();
    }
    if (feeding == msn) {
      // The child wants no more of it: its remaining samples need not be sent, but the next one
      // begins only behind its end.
      worker.send(new WorkerRequest.EndSegment(msn, segment.startTicks() + 1));
      feeding = -1;
      lastSent = msn;
    }
    if (failure != null) {
      gap(segment, failure);
    } else {
      encodedTicks += segment.durationTicks();
      segment
          .rungs()
          .forEach(rung -> segment.rendition(rung.name()).complete("the encoder made no frame"));
    }
  }

  private void replace(String reason) {
    worker = null;
    cpuSeenNanos = 0;
    configuredFor = null;
    thumbnailsAskedFor = null;
    feeding = -1;
    lastSent = -1;
    lag.clear();
    if (inFlight.isEmpty() && ++failedStarts >= MAX_FAILED_STARTS) {
      giveUp("the codec worker does not stay up: " + reason);
      return;
    }
    Segment culprit = null;
    if (!inFlight.isEmpty()) {
      long msn = inFlight.firstKey();
      int count = deaths.merge(msn, 1, Integer::sum);
      if (count >= MAX_DEATHS_PER_SEGMENT) {
        culprit = inFlight.get(msn);
        condemned.accept(culprit);
        finish(msn, "the codec worker died twice on this segment: " + reason);
      }
      inFlight
          .values()
          .forEach(
              segment -> {
                segment.thumbnails().clear();
                segment.rungs().forEach(rung -> segment.restartRendition(rung.name()));
              });
    }
    warmUp();
    if (!inFlight.isEmpty()) {
      pump();
    } else if (culprit != null && !isReady(culprit)) {
      // The broadcast goes on the air only when the rungs' headers are known, with media or not.
      configureFor(culprit);
    }
  }

  private void configureFor(Segment segment) {
    String publication = segment.publication().id();
    if (worker == null
        || segment.rungs().isEmpty()
        || publication.equals(configuredFor) && segment.rungs().equals(configuredRungs)) {
      return;
    }
    VideoFormat video = segment.tracks().video();
    if (video == null) {
      return;
    }
    worker.send(
        new WorkerRequest.Configure(
            new VideoInput(
                video.codec().name().toLowerCase(Locale.ROOT),
                video.decoderConfig(),
                video.width(),
                video.height(),
                video.timescale()),
            segment.rungs(),
            limits));
    configuredFor = publication;
    configuredRungs = segment.rungs();
    configuring = publication;
  }

  private void askForThumbnails(Segment segment) {
    if (storyboard == null) {
      return;
    }
    boolean fresh = segment.msn() == 0 || segment.discontinuity();
    WorkerRequest.ConfigureThumbnails wanted = storyboard.wanted(segment.startTicks(), fresh);
    if (!wanted.equals(thumbnailsAskedFor)) {
      worker.send(wanted);
      thumbnailsAskedFor = wanted;
    }
  }

  private static String reasonAgainst(Segment segment) {
    VideoFormat video = segment.tracks().video();
    if (video == null) {
      return "the publication has no video";
    }
    return segment.samplesComplete() && segment.samples().isEmpty()
        ? "no picture that can be decoded: no keyframe in the last 20 s"
        : null;
  }

  private void gap(Segment segment, String reason) {
    segment.thumbnails().clear();
    segment
        .rungs()
        .forEach(
            rung -> {
              RenditionSegment rendition = segment.rendition(rung.name());
              if (rendition != null && !rendition.isComplete()) {
                rendition.becomeGap(reason);
              }
            });
  }
}

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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Has the pictures of one broadcast's segments encoded. */
public final class EncodeFeed extends SegmentFeed {
  private static final Logger LOG = Logger.getLogger(EncodeFeed.class);

  /** A segment has at most 20 s, and a thumbnail at most every 100 ms. */
  private static final int MAX_THUMBNAILS_PER_SEGMENT = 200;

  private static final String ANOTHER_BUILD = "the codec worker was replaced by another build";

  private final StoryboardRules storyboard;
  private final RungHeaders headers;
  private final Map<String, byte[]> decoderConfigs = new HashMap<>();

  private final Map<Long, Long> endSentNanos = new HashMap<>();
  private final EncodeLag lag = new EncodeLag();
  private final Deque<SourceEnd> sourceEnds = new ArrayDeque<>();

  private long cpuSeenNanos;
  private long encodedTicks;
  private double realTimeFactor;
  private Configured configuredFor;
  private WorkerRequest.ConfigureThumbnails thumbnailsAskedFor;

  /** The publication whose configuration was not answered yet; null where all were. */
  private String configuring;

  /**
   * The source of a segment has ended, and the child was told so.
   *
   * @param lagMs how far encoding was behind at that moment
   */
  public record SourceEnd(long msn, long lagMs) {}

  /** What the child was told: a publication may go on with pictures of another format. */
  private record Configured(String publication, VideoFormat video, List<Rung> rungs) {}

  /**
   * @param command asked each time a child is started
   * @param storyboard which small pictures to ask for; null for none
   * @param headers what children of other broadcasts have said, and gets what is said here
   * @param owner runs work in the owner loop's thread
   * @param changed called there when something came of a segment
   * @param condemned gets, there, each segment that is given up because children died of it
   */
  public EncodeFeed(
      String broadcast,
      Supplier<WorkerCommand> command,
      WorkerLimits limits,
      StoryboardRules storyboard,
      RungHeaders headers,
      Executor owner,
      Runnable changed,
      Consumer<Segment> condemned) {
    super("codec worker", broadcast, command, limits, owner, changed, condemned);
    this.storyboard = storyboard;
    this.headers = headers;
  }

  /** Makes the rungs known and asks the child for their headers, if it has nothing else to do. */
  public void configure(Segment next) {
    warmUp();
    recallHeaders(next.rungs());
    if (inFlight.isEmpty()) {
      configureFor(next);
    }
  }

  /** The avcC of a rung's encoder; null until a child was configured for it. */
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

  /** Whether a child of this broadcast has ever been able to decode a publication. */
  public boolean hasAnswered() {
    return lag.isReady();
  }

  /**
   * How long ago the source of the oldest segment ended that waits for the broadcast's first child
   * to start, in milliseconds; 0 where none does.
   */
  public long startAwaitedMs() {
    Long endNanos =
        inFlight.isEmpty() || lag.isReady() ? null : endSentNanos.get(inFlight.firstKey());
    return endNanos == null ? 0 : (System.nanoTime() - endNanos) / 1_000_000;
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

  /** Takes a segment on, in the order of their numbers. */
  public void add(Segment segment) {
    String reason = unavailable() != null ? unavailable() : reasonAgainst(segment);
    if (reason != null) {
      gap(segment, reason);
    } else {
      accept(segment);
    }
  }

  @Override
  protected boolean begin(Segment segment) {
    askForThumbnails(segment);
    worker.send(new WorkerRequest.BeginSegment(segment.msn(), segment.startTicks()));
    return true;
  }

  @Override
  protected int send(Segment segment, int from) {
    List<VideoSample> samples = segment.samples();
    for (VideoSample sample : samples.subList(from, samples.size())) {
      lag.given(sample.ptsTicks(), System.nanoTime());
      worker.send(
          new WorkerRequest.Sample(
              sample.ptsTicks(), sample.dtsTicks(), sample.sync(), sample.data()));
    }
    return samples.size();
  }

  @Override
  protected boolean end(Segment segment) {
    if (!segment.samplesComplete()) {
      return false;
    }
    worker.send(new WorkerRequest.EndSegment(segment.msn(), segment.endTicks()));
    sourceEnded(segment);
    return true;
  }

  @Override
  protected void cutShort(Segment segment) {
    worker.send(new WorkerRequest.EndSegment(segment.msn(), segment.startTicks() + 1));
  }

  private void sourceEnded(Segment segment) {
    long now = System.nanoTime();
    if (endSentNanos.putIfAbsent(segment.msn(), now) == null) {
      List<String> rungs = segment.rungs().stream().map(Rung::name).toList();
      sourceEnds.add(new SourceEnd(segment.msn(), lag.millis(rungs, now)));
    }
  }

  @Override
  protected void take(WorkerReply reply) {
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
      started();
      configuring = null;
      lag.ready(System.nanoTime());
      header(ready);
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      configureFailed(failed.reason());
    } else if (reply instanceof WorkerReply.Ready ready) {
      LOG.infof(
          "Codec worker ready: broadcast=%s build=%s cpu=%s",
          broadcast, ready.build(), ready.cpuFeatures());
    }
  }

  private void recallHeaders(List<Rung> rungs) {
    for (Rung rung : rungs) {
      byte[] header = headers.get(rung);
      if (header != null) {
        decoderConfigs.putIfAbsent(rung.name(), header);
      }
    }
  }

  /**
   * Takes a rung's header. One that is not what the broadcast has gone on the air with comes from
   * another build, installed while the service runs: what was opened would not play with it.
   */
  private void header(WorkerReply.RungReady ready) {
    byte[] before = decoderConfigs.put(ready.rung(), ready.decoderConfig());
    configuredFor.rungs().stream()
        .filter(rung -> rung.name().equals(ready.rung()))
        .forEach(rung -> headers.put(rung, ready.decoderConfig()));
    if (before != null && !Arrays.equals(before, ready.decoderConfig())) {
      LOG.warnf(
          "The codec worker is of another build now; segments in work become gaps, restart the"
              + " service to have one build everywhere: broadcast=%s rung=%s",
          broadcast, ready.rung());
      List.copyOf(inFlight.keySet()).forEach(msn -> finish(msn, ANOTHER_BUILD));
    }
  }

  /**
   * Where the rungs were encoded before, it is the publication that cannot be decoded: its segments
   * become gaps, and the next publication has another chance.
   */
  private void configureFailed(String reason) {
    String publication = configuring;
    if (!lag.isReady() || publication == null) {
      giveUp(reason);
      return;
    }
    configuring = null;
    configuredFor = null;
    refuse(publication, reason);
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

  @Override
  protected void finished(Segment segment, String failure) {
    endSentNanos.remove(segment.msn());
    if (segment.samplesComplete()) {
      lag.doneUntil(segment.endTicks());
    } else {
      lag.clear();
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

  @Override
  protected void forget() {
    cpuSeenNanos = 0;
    configuredFor = null;
    thumbnailsAskedFor = null;
    lag.clear();
  }

  @Override
  protected void restart(Segment segment) {
    segment.thumbnails().clear();
    segment.rungs().forEach(rung -> segment.restartRendition(rung.name()));
  }

  @Override
  protected void replaced(Segment culprit) {
    if (inFlight.isEmpty() && culprit != null && !isReady(culprit)) {
      // The broadcast goes on the air only when the rungs' headers are known, with media or not.
      configureFor(culprit);
    } else {
      pump();
    }
  }

  @Override
  protected void configureFor(Segment segment) {
    String publication = segment.publication().id();
    if (worker == null || segment.rungs().isEmpty()) {
      return;
    }
    VideoFormat video = segment.tracks().video();
    Configured wanted = new Configured(publication, video, segment.rungs());
    if (video == null || wanted.equals(configuredFor)) {
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
    configuredFor = wanted;
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

  @Override
  protected void gap(Segment segment, String reason) {
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

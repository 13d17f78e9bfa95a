package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.transcode.audio.AudioFeed;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.checkpoint.Decision;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.SegmentPart;
import io.rostrum.transcode.segment.Segmenter;
import io.rostrum.transcode.segment.TimelineItem;
import io.rostrum.transcode.worker.EncodeFeed;
import io.rostrum.transcode.worker.WorkerCommand;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * One broadcast from source records to facts, parts and stored segments.
 *
 * <p>The {@link Segmenter} turns records into {@link TimelineItem}s, the codec child fills in the
 * encoded renditions, and {@link #advance} brings the items onto the timeline, strictly in order:
 * {@code open} is committed before a part of its segment is sent, all parts are in Kafka before
 * {@code close} is committed, and {@code close} comes before the next {@code open}.
 *
 * <p>After a restart it starts where the oldest segment that is not stored begins, and makes
 * segments again: what is committed is not said again, only what is missing is done. Belongs to the
 * owner loop's thread.
 */
public final class BroadcastPipeline implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(BroadcastPipeline.class);

  private final String id;
  private final Outlet outlet;
  private final Services services;
  private final Progress progress;
  private final Segmenter segmenter;
  private final EncodeFeed encoder;
  private final AudioFeed audioEncoder;
  private final StoredSegments storage;
  private final Opening opening;
  private final Archiving archiving;
  private final Vitals vitals = new Vitals();
  private final Deferral deferral;
  private final Deque<TimelineItem> items = new ArrayDeque<>();
  private final List<Fact> facts = new ArrayList<>();
  private final long resumeOffset;

  private Resume resume;
  private Segment opened;
  private long lastOffset;
  private long newestMsn = -1;
  private long lastRecordNanos = System.nanoTime();
  private long awaySinceNanos;
  private boolean failed;
  private boolean closed;

  /**
   * Takes a broadcast over. The new epoch is committed before this returns, so that nobody else
   * uses it.
   *
   * @throws MalformedMediaException if the checkpoint's init segment cannot be read
   */
  public BroadcastPipeline(String id, Checkpoint from, Outlet outlet, Services services)
      throws MalformedMediaException {
    this.id = id;
    this.outlet = outlet;
    this.services = services;
    this.progress = new Progress(from);
    this.resumeOffset = from.resume().sourceOffset();
    this.lastOffset = resumeOffset - 1;
    this.segmenter = new Segmenter(services.ladders(), progress.ladder, from.resume());
    CondemnedSegments condemned = new CondemnedSegments(id, services.uploads(), services.metrics());
    this.encoder =
        new EncodeFeed(
            id,
            this::videoCommand,
            services.workerLimits(),
            services.storyboard(),
            services.rungHeaders(),
            this::inOwner,
            this::advance,
            condemned::keepVideo);
    this.audioEncoder =
        new AudioFeed(
            id,
            services.workerCommand(),
            services.workerLimits(),
            this::inOwner,
            this::advance,
            condemned::keepAudio);
    this.deferral =
        new Deferral(
            id,
            services,
            progress,
            segmenter,
            encoder,
            rungs -> decide(Decision.Kind.RUNGS_LEFT_OUT, lastOffset + 1, rungs, Instant.now()));
    Inits inits = new Inits();
    this.opening =
        new Opening(
            id,
            services.config().workerStartTimeout(),
            services.config().deferAfter(),
            progress,
            segmenter,
            encoder,
            audioEncoder,
            inits,
            outlet::mediaOffset,
            this::drop);
    this.storage =
        new StoredSegments(
            id, inits, services, this::inOwner, () -> progress.storyboard, this::stored);
    this.archiving =
        new Archiving(id, outlet.partition(), progress, services, this::inOwner, this::commit);
    this.resume = from.resume();
    if (segmenter.isPublishing()) {
      encoder.warmUp();
    }
    commit();
  }

  /** The broadcast's id. */
  public String id() {
    return id;
  }

  /** Whether nothing is left to do, ever. */
  public boolean isFinished() {
    return progress.finished;
  }

  /** Whether reading must pause until the codec child has caught up. */
  public boolean isBehind() {
    return Math.max(encoder.segmentsInFlight(), audioEncoder.segmentsInFlight())
        > services.config().segmentsAhead();
  }

  /** How many segments its codec children have not finished, the open one too. */
  public int segmentsEncoding() {
    return encoder.segmentsInFlight() + audioEncoder.segmentsInFlight();
  }

  /** The oldest source record that is still needed; {@code Long.MAX_VALUE} where none is. */
  public long lowWaterOffset() {
    return isIdle() ? Long.MAX_VALUE : resume.sourceOffset();
  }

  /**
   * Whether a mistake of ours stopped it: nothing more is done for it until another owner tries.
   */
  public boolean isFailed() {
    return failed;
  }

  /** Whether it is live and its encoding does not keep up. */
  public boolean lacksProcessor() {
    return isLive() && deferral.lacksProcessor();
  }

  /** Whether it has started and not ended. */
  public boolean isLive() {
    return !progress.ended && (progress.connected || progress.openedMsn >= 0);
  }

  /**
   * How it is doing, for people.
   *
   * @param intent null where the catalog never said anything of it
   */
  public HealthReport.Transcode health(String node, Instant now, BroadcastIntent intent) {
    boolean away = !progress.connected && progress.publisherSince != null && intent != null;
    return vitals.report(
        id,
        node,
        now,
        new Vitals.Now(
            progress.ladder,
            segmenter.tracks(),
            segmenter.takenUntilTicks(),
            encoder.realTimeFactor(),
            storage.waiting(),
            encoder.unavailable(),
            encoder.behindMs(),
            segmenter.position().rungsLeftOut(),
            away ? progress.publisherSince.plus(intent.autoEnd()) : null));
  }

  /** Takes a source record; those before the place to resume at are skipped. */
  public void accept(SourceRecord record, long offset, Instant at) {
    if (offset >= resumeOffset) {
      guarded(() -> take(record, offset, at));
    }
  }

  private void take(SourceRecord record, long offset, Instant at) {
    decideAgain(offset);
    lastOffset = offset;
    lastRecordNanos = System.nanoTime();
    if (progress.ended
        && segmenter.position().nextMsn() > progress.closedMsn
        && !segmenter.isPublishing()) {
      return; // ENDED is final: ingest will see the fact and let the publisher go.
    }
    try {
      segmenter.accept(record, offset, at);
    } catch (MalformedMediaException e) {
      services.metrics().malformed();
      LOG.errorf(
          "Source record skipped: broadcast=%s offset=%d error=%s", id, offset, e.getMessage());
    }
    if (record instanceof SourceRecord.PublicationStart && segmenter.isPublishing()) {
      encoder.warmUp();
      if (segmenter.encodesAudio()) {
        audioEncoder.warmUp();
      }
    }
    takeItems();
    if (record instanceof SourceRecord.PublicationEnd end
        && end.endsBroadcast()
        && !segmenter.isPublishing()) {
      items.add(new TimelineItem.Ended(Fact.End.Reason.REQUESTED));
    }
    advance();
  }

  /** The source was not heard for a while: what was missed takes its time. */
  public void missed(long missedMs) {
    deferral.missed(missedMs);
  }

  /**
   * What follows from time and intent rather than from records.
   *
   * @param intent null where the catalog never said anything of this broadcast
   * @param listening to the source of this broadcast's partition
   * @param position offset of the next source record of the partition
   */
  public void tick(BroadcastIntent intent, Listening listening, long position, Instant now) {
    guarded(
        () -> {
          decideAgain(position);
          if (listening.caughtUp() && !progress.ended) {
            decide(intent, silentMs(listening), position, now);
          }
          if (listening.caughtUp() && listening.isSettled()) {
            deferral.caughtUp();
          }
          advance();
        });
  }

  @Override
  public void close() {
    closed = true;
    encoder.close();
    storage.close();
    audioEncoder.close();
  }

  /** For how long nothing came though it would have been heard. */
  private long silentMs(Listening listening) {
    long now = System.nanoTime();
    return Math.min(now - lastRecordNanos, now - listening.sinceNanos()) / 1_000_000;
  }

  private void decide(BroadcastIntent intent, long silentMs, long position, Instant now) {
    boolean endRequested = intent != null && intent.endRequested();
    if (segmenter.isPublishing()) {
      long patienceMs =
          endRequested
              ? services.config().endSilence().toMillis()
              : services.config().publisherSilence().toMillis();
      if (silentMs > patienceMs) {
        LOG.warnf(
            "Publisher silent, its ingest node is taken as gone: broadcast=%s silentMs=%d",
            id, silentMs);
        decide(Decision.Kind.PUBLISHER_SILENT, position, 0, now);
      }
    }
    if (segmenter.isPublishing() || !items.isEmpty()) {
      awaySinceNanos = 0;
      return;
    }
    if (endRequested) {
      items.add(new TimelineItem.Ended(Fact.End.Reason.REQUESTED));
    } else if (intent != null
        && !progress.connected
        && progress.publisherSince != null
        && progress.publisherSince.plus(intent.autoEnd()).isBefore(now)
        && silentMs > services.config().publisherSilence().toMillis()) {
      items.add(new TimelineItem.Ended(Fact.End.Reason.PUBLISHER_AWAY));
    } else {
      keepAlive(position, now);
    }
  }

  /**
   * While nobody publishes, puts a segment without media onto the timeline each time as much time
   * has passed: players go on asking, and go on playing by themselves when the publisher returns.
   */
  private void keepAlive(long position, Instant now) {
    long gapNanos = services.config().awayGap().toNanos();
    long nowNanos = System.nanoTime();
    if (awaySinceNanos == 0) {
      awaySinceNanos = nowNanos;
    } else if (progress.ladder != null && nowNanos - awaySinceNanos >= gapNanos) {
      awaySinceNanos = nowNanos - (nowNanos - awaySinceNanos) % gapNanos;
      decide(Decision.Kind.AWAY_GAP, position, gapNanos * 9 / 100_000, now);
    }
  }

  private void decide(Decision.Kind kind, long position, long value, Instant now) {
    Decision decision = new Decision(segmenter.position().decisions(), position, kind, value);
    progress.decided(decision);
    if (kind == Decision.Kind.PUBLISHER_SILENT) {
      // It cuts a segment whose parts are on their way: nobody may come to know of it in vain.
      commit();
    }
    segmenter.decide(decision, now);
    takeItems();
  }

  /** Keeps to what an earlier owner decided, at the same place. */
  private void decideAgain(long offset) {
    Decision next = progress.decision(segmenter.position().decisions());
    while (next != null && offset >= next.sourceOffset()) {
      segmenter.decide(next, Instant.now());
      takeItems();
      next = progress.decision(segmenter.position().decisions());
    }
  }

  private void takeItems() {
    for (TimelineItem item : segmenter.takeItems()) {
      items.add(item);
      if (item instanceof TimelineItem.SegmentItem started && !started.segment().isAway()) {
        newestMsn = started.segment().msn();
        startEncoding(started.segment());
      }
    }
  }

  /** What has nothing passed through to fall back on gives way to no more than sound does. */
  private WorkerCommand videoCommand() {
    WorkerCommand command = services.workerCommand();
    return segmenter.passesThrough() ? command.behind(services.config().videoPrefix()) : command;
  }

  private void startEncoding(Segment segment) {
    if (!segment.rungs().isEmpty()) {
      encoder.configure(segment);
      encoder.add(segment);
    }
    if (segment.sound() != null) {
      audioEncoder.add(segment);
    }
  }

  private void advance() {
    if (closed) {
      return;
    }
    encoder.pump();
    audioEncoder.pump();
    deferral.look(newestMsn + 1);
    while (!items.isEmpty() && take(items.peek())) {
      items.poll();
    }
    commitIfDue();
    storage.next();
    finishIfDone();
  }

  /** Brings an item onto the timeline as far as it is; true when it is done with. */
  private boolean take(TimelineItem item) {
    if (item instanceof TimelineItem.PublisherCame came) {
      publisher(
          came.ordinal(),
          new Fact.Publisher(
              true, came.publication().id(), came.publication().protocol(), null, came.at()));
      return true;
    }
    if (item instanceof TimelineItem.PublisherLeft left) {
      publisher(
          left.ordinal(),
          new Fact.Publisher(
              false,
              left.publication().id(),
              left.publication().protocol(),
              left.reason(),
              left.at()));
      return true;
    }
    if (item instanceof TimelineItem.Ended end) {
      end(end.reason());
      return true;
    }
    return segment(((TimelineItem.SegmentItem) item).segment());
  }

  private void publisher(long ordinal, Fact.Publisher fact) {
    if (ordinal < progress.publisherFacts) {
      return;
    }
    facts.add(fact);
    progress.publisherFacts = ordinal + 1;
    progress.connected = fact.connected();
    progress.publisherSince = fact.at();
    LOG.infof(
        "Publisher %s: broadcast=%s publication=%s protocol=%s reason=%s",
        fact.connected() ? "connected" : "away",
        id,
        fact.publication(),
        fact.protocol(),
        fact.reason());
  }

  private void end(Fact.End.Reason reason) {
    if (progress.ended) {
      return;
    }
    progress.ended = true;
    // Nobody shall sit through the wait for a publisher that never returned: hls.js does not even
    // come to an end where a playlist ends with gaps.
    long segments = progress.closedMsn + 1 - progress.awaySegments;
    facts.add(
        new Fact.End(reason, segments, progress.totalTicks - progress.awayTicks, Instant.now()));
    LOG.infof("Broadcast ended: broadcast=%s reason=%s segments=%d", id, reason, segments);
  }

  private boolean segment(Segment segment) {
    if (segment != opened) {
      if (!opening.open(segment, facts)) {
        return false;
      }
      opened = segment;
    }
    boolean again = segment.msn() <= progress.closedMsn;
    if (!again) {
      sendParts(segment);
    }
    if (!segment.isComplete() || segment.resume() == null) {
      return false;
    }
    if (!again) {
      closeSegment(segment);
    }
    storage.add(segment, progress.unstored.get(segment.msn()));
    return true;
  }

  /** Leaves a rendition out of what waits, which the broadcast will not have after all. */
  private void drop(String rendition) {
    for (TimelineItem item : items) {
      if (item instanceof TimelineItem.SegmentItem waiting) {
        waiting.segment().remove(rendition);
      }
    }
  }

  private void sendParts(Segment segment) {
    for (RenditionSegment rendition : segment.renditions()) {
      List<SegmentPart> parts = rendition.takeUnsent();
      if (parts.isEmpty()) {
        continue;
      }
      commitIfDue();
      vitals.sent(segment, rendition, parts);
      for (SegmentPart part : parts) {
        outlet.send(
            id,
            new MediaPart(
                progress.epoch,
                segment.msn(),
                part.index(),
                rendition.rendition().name(),
                part.durationTicks(),
                rendition.rendition().timescale(),
                part.independent(),
                ByteBuffer.wrap(part.payload())));
        services.metrics().partSent(rendition.rendition().name(), part.receivedAtMs());
      }
    }
  }

  private void closeSegment(Segment segment) {
    Map<String, Fact.SegmentRendition> described = new HashMap<>();
    Map<String, String> gaps = new HashMap<>();
    Map<String, String> hashes = new HashMap<>();
    for (RenditionSegment rendition : segment.renditions()) {
      String name = rendition.rendition().name();
      Fact.SegmentRendition description = rendition.describe(segment.durationTicks());
      described.put(name, description);
      vitals.closed(segment, name, description);
      if (description.withoutMedia()) {
        gaps.put(name, description.gap());
        if (!segment.isAway()) {
          services.metrics().gap(name);
        }
      } else {
        hashes.put(name, description.sha256());
      }
    }
    facts.add(new Fact.Close(segment.msn(), segment.durationTicks(), described));
    progress.closedMsn = segment.msn();
    progress.totalTicks += segment.durationTicks();
    progress.awaySegments = segment.isAway() ? progress.awaySegments + 1 : 0;
    progress.awayTicks = segment.isAway() ? progress.awayTicks + segment.durationTicks() : 0;
    progress.unstored.put(segment.msn(), new Checkpoint.ClosedSegment(gaps, hashes));
    services.metrics().segmentClosed();
  }

  private void stored(Segment segment, Map<String, String> keys, Fact.Thumbnails thumbnails) {
    if (closed) {
      return;
    }
    progress.unstored.remove(segment.msn());
    progress.storyboard =
        progress.storyboard.behind(segment.msn(), thumbnails, services.storyboard());
    facts.add(new Fact.Stored(segment.msn(), keys, thumbnails));
    advance();
    archiving.pageIfDue();
  }

  private void commitIfDue() {
    if (!facts.isEmpty()) {
      commit();
    }
  }

  private void commit() {
    List<Fact> batch = List.copyOf(facts);
    facts.clear();
    resume = currentResume();
    long firstSeq = progress.nextSeq;
    progress.nextSeq += batch.size();
    outlet.commit(id, progress.epoch, firstSeq, batch, progress.checkpoint(resume));
  }

  private Resume currentResume() {
    Segment oldest = storage.oldest();
    if (oldest == null) {
      oldest =
          items.stream()
              .filter(TimelineItem.SegmentItem.class::isInstance)
              .map(item -> ((TimelineItem.SegmentItem) item).segment())
              .findFirst()
              .orElse(null);
    }
    if (oldest != null) {
      return oldest.resume();
    }
    return segmenter.resumeWithoutSegments(lastOffset + 1).orElse(resume);
  }

  private boolean isIdle() {
    return progress.finished
        || (items.isEmpty()
            && storage.oldest() == null
            && !segmenter.isPublishing()
            && !segmenter.holdsPreRoll()
            && facts.isEmpty()
            && progress.unstored.isEmpty());
  }

  private void finishIfDone() {
    if (progress.ended
        && items.isEmpty()
        && storage.oldest() == null
        && progress.unstored.isEmpty()) {
      archiving.finish();
    }
  }

  private void inOwner(Runnable work) {
    services.owner().execute(() -> guarded(work));
  }

  /**
   * One broadcast's trouble is its own: what goes wrong with Kafka concerns the whole loop and goes
   * up, a mistake in handling this broadcast stops this broadcast.
   */
  private void guarded(Runnable work) {
    if (closed) {
      return;
    }
    try {
      work.run();
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "Broadcast stopped by a mistake in the transcoder, others go on; its source is kept for 24 h, and a restart tries"
              + " again: broadcast=%s offset=%d",
          id,
          lastOffset);
      failed = true;
      close();
    }
  }
}

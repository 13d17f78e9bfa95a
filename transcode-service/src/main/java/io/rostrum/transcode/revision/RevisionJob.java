package io.rostrum.transcode.revision;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.transcode.broadcast.Inits;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.segment.PictureFile;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.store.ObjectStore;
import io.rostrum.transcode.store.Sha256;
import io.rostrum.transcode.worker.WorkerCommand;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Goes over one recording: encodes what its ladder lacks, segment by segment, and writes the
 * timeline of the next revision. What it writes depends on nothing but what is stored already, so
 * that it may be begun again at any time; what was done since {@link #run} was first called is not
 * done twice. For one thread.
 */
final class RevisionJob implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RevisionJob.class);

  /** A segment is 6 s at most: 256 MiB would be 350 Mbit/s. */
  private static final int MAX_SEGMENT_BYTES = 256 << 20;

  /** Children that cannot be had for so many segments in a row are not to be had. */
  private static final int MAX_REFUSALS = 3;

  private final Wish wish;
  private final ObjectStore store;
  private final LadderFactory ladders;
  private final WorkerCommand command;
  private final WorkerLimits limits;
  private final Room room;
  private final Inits inits = new Inits();
  private final Map<String, byte[]> headers = new HashMap<>();
  private final Set<String> storedInits = new HashSet<>();
  private final Map<Long, MadeSegment> made = new TreeMap<>();
  private SegmentEncoder encoder;
  private RecordedTimeline base;
  private int refusals;

  /** Where it waits until nothing more urgent needs the processor. */
  interface Room {
    void await() throws InterruptedException;
  }

  RevisionJob(
      Wish wish,
      ObjectStore store,
      LadderFactory ladders,
      WorkerCommand command,
      WorkerLimits limits,
      Room room) {
    this.wish = wish;
    this.store = store;
    this.ladders = ladders;
    this.command = command;
    this.limits = limits;
    this.room = room;
  }

  /**
   * Does what is left to do.
   *
   * @throws IOException if the object store or the codec worker is not to be had: try again later
   */
  Outcome run() throws IOException, InterruptedException {
    if (base == null) {
      base = RecordedTimeline.read(store.get(wish.timelineKey(), RecordedTimeline.MAX_BYTES));
    }
    Ladder current = new Ladder(base.renditions(), wish.ladder().rungs());
    Ladder wanted = current;
    try {
      if (wish.repair() != null && wish.repair().rungs() != null) {
        wanted = ladders.instead(current, wish.repair().rungs());
      }
    } catch (IllegalArgumentException e) {
      return wish.unchanged(current, 0, e.getMessage() + ".");
    }
    List<RecordedSegment> segments = base.segments();
    for (RecordedSegment segment : segments) {
      if (!made.containsKey(segment.msn())) {
        made.put(segment.msn(), make(segment, wanted));
      }
    }
    wanted = asMade(wanted, segments);
    long gaps = gaps(wanted, segments);
    made.values().removeIf(segment -> segment.renditions().isEmpty());
    String problem =
        gaps == 0 || wish.repair() == null
            ? null
            : gaps
                + " segments stay without all of their encoded qualities: nothing was stored that they"
                + " could be encoded from, or it cannot be decoded.";
    return made.isEmpty() && wanted.renditions().equals(current.renditions())
        ? wish.unchanged(current, gaps, problem)
        : revise(wanted, gaps, problem);
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }

  /** Encodes what the segment lacks of the ladder, as far as that is possible. */
  private MadeSegment make(RecordedSegment segment, Ladder wanted)
      throws IOException, InterruptedException {
    boolean lacks =
        wanted.rungs().stream().anyMatch(rung -> segment.lacks(rung.name()))
            || segment.picturesKept() && wanted.passesThrough() && segment.lacks(Ladder.SOURCE);
    String key = segment.picturesKey();
    if (!lacks || key == null) {
      return MadeSegment.NOTHING;
    }
    room.await();
    byte[] stored = store.get(key, MAX_SEGMENT_BYTES);
    PictureFile pictures;
    try {
      pictures =
          segment.picturesKept()
              ? PictureFile.read(stored)
              : PictureFile.read(segment.sourceInit(), stored);
    } catch (MalformedMediaException e) {
      LOG.errorf(
          "Stored pictures cannot be read, the segment stays as it is: broadcast=%s msn=%d key=%s error=%s",
          wish.broadcast(), segment.msn(), key, e.getMessage());
      return MadeSegment.NOTHING;
    }
    Optional<SegmentWork> work = SegmentWork.of(segment, pictures.tracks(), wanted, ladders);
    return work.isEmpty() ? MadeSegment.NOTHING : encode(segment, pictures, work.get(), wanted);
  }

  private MadeSegment encode(
      RecordedSegment recorded, PictureFile pictures, SegmentWork work, Ladder wanted)
      throws IOException, InterruptedException {
    Segment segment =
        Segment.stored(
            recorded.msn(),
            recorded.open().startTicks(),
            recorded.endTicks(),
            recorded.open().publication(),
            pictures,
            work.rungs(),
            work.encoded(wanted));
    if (encoder == null) {
      encoder = new SegmentEncoder(wish.broadcast(), command, limits);
    }
    encoder.encode(segment);
    for (Rung rung : work.rungs()) {
      byte[] header = encoder.decoderConfig(rung.name());
      if (header != null) {
        headers.put(rung.name(), header);
      }
    }
    String unavailable = encoder.unavailable();
    if (unavailable != null) {
      close();
      if (++refusals >= MAX_REFUSALS) {
        refusals = 0;
        throw new IOException(unavailable);
      }
    } else {
      refusals = 0;
    }
    Map<String, MadeSegment.MadeRendition> renditions = new HashMap<>();
    for (Rendition missing : work.missing()) {
      RenditionSegment rendition = segment.rendition(missing.name());
      if (rendition.gap() == null) {
        renditions.put(missing.name(), store(recorded, rendition));
      } else {
        LOG.warnf(
            "Segment stays a gap: broadcast=%s msn=%d rendition=%s reason=%s",
            wish.broadcast(), recorded.msn(), missing.name(), rendition.gap());
      }
    }
    return new MadeSegment(renditions);
  }

  private MadeSegment.MadeRendition store(RecordedSegment recorded, RenditionSegment rendition)
      throws IOException {
    String name = rendition.rendition().name();
    String hash = inits.encoded(headers.get(name));
    if (storedInits.add(name + "/" + hash)) {
      store.put(ObjectKeys.init(wish.broadcast(), name, hash), inits.bytes(hash), "video/mp4");
    }
    Fact.SegmentRendition description = rendition.describe(recorded.close().durationTicks());
    String key = ObjectKeys.segment(wish.broadcast(), name, recorded.msn(), description.sha256());
    store.put(key, rendition.bytes(), "video/iso.segment");
    return new MadeSegment.MadeRendition(description, key, hash, inits.bytes(hash));
  }

  /**
   * What players are told of new renditions is what came of them; what nothing came of is left out.
   */
  private Ladder asMade(Ladder wanted, List<RecordedSegment> segments) {
    Ladder ladder = wanted;
    for (Rung rung : wanted.rungs()) {
      boolean exists =
          segments.stream()
              .anyMatch(
                  segment ->
                      !segment.lacks(rung.name())
                          || made.get(segment.msn()).renditions().containsKey(rung.name()));
      if (!exists && base.renditions().stream().noneMatch(r -> r.name().equals(rung.name()))) {
        ladder = ladder.without(rung.name());
      } else if (headers.containsKey(rung.name())) {
        ladder = ladder.withCodecs(rung.name(), Inits.format(headers.get(rung.name())).rfc6381());
      }
    }
    return ladder;
  }

  private long gaps(Ladder ladder, List<RecordedSegment> segments) {
    return segments.stream()
        .filter(
            segment ->
                ladder.rungs().stream()
                    .anyMatch(
                        rung ->
                            segment.lacks(rung.name())
                                && !made.get(segment.msn()).renditions().containsKey(rung.name())))
        .count();
  }

  private Outcome revise(Ladder ladder, long gaps, String problem) throws IOException {
    byte[] timeline = base.with(ladder.renditions(), made).write();
    String sha256 = Sha256.hex(timeline);
    int revision = wish.revisions().newestNumber() + 1;
    String key = ObjectKeys.revisedTimeline(wish.broadcast(), revision, sha256);
    store.put(key, timeline, "application/gzip");
    return new Outcome(
        new Fact.Revised(revision, key, sha256, gaps, wish.repairId(), problem, Instant.now()),
        ladder);
  }
}

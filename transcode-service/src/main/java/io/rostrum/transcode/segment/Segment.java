package io.rostrum.transcode.segment;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.checkpoint.Position;
import io.rostrum.transcode.checkpoint.PublicationState;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.storyboard.Thumbnail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A segment while it is made: filled by the {@link Segmenter} and by the codec worker, emptied by
 * the broadcast.
 */
public final class Segment {
  private final long msn;
  private final boolean discontinuity;
  private final long discontinuitySequence;
  private final long pdtMs;
  private final long startTicks;
  private final PublicationState publication;
  private final PublicationTracks tracks;
  private final Map<String, RenditionSegment> renditions = new LinkedHashMap<>();
  private final List<VideoSample> samples = new ArrayList<>();
  private final List<Thumbnail> thumbnails = new ArrayList<>();
  private List<Rung> rungs = List.of();
  private SegmentSound sound;
  private Resume publicationStart;
  private long startOffset;
  private long preRollOffset;
  private Position startPosition;
  private Resume resume;
  private long endTicks = -1;
  private boolean samplesComplete;
  private boolean endsAtKeyframe;

  Segment(
      long msn,
      boolean discontinuity,
      long discontinuitySequence,
      long pdtMs,
      long startTicks,
      PublicationState publication,
      PublicationTracks tracks) {
    this.msn = msn;
    this.discontinuity = discontinuity;
    this.discontinuitySequence = discontinuitySequence;
    this.pdtMs = pdtMs;
    this.startTicks = startTicks;
    this.publication = publication;
    this.tracks = tracks;
  }

  /**
   * A segment that was broadcast, to be encoded again from what was stored.
   *
   * @param source names what the pictures come from: the same name, the same format
   * @param encoded the renditions to make, each with its rung in {@code rungs}
   */
  public static Segment stored(
      long msn,
      long startTicks,
      long endTicks,
      String source,
      PictureFile pictures,
      List<Rung> rungs,
      List<Rendition> encoded) {
    PublicationState publication = new PublicationState(source, null, null, 0, 0, 0, null, -1);
    Segment segment = new Segment(msn, false, 0, 0, startTicks, publication, pictures.tracks());
    segment.encode(rungs);
    for (Rendition rendition : encoded) {
      Rung rung = segment.rung(rendition.name()).orElseThrow();
      segment.put(
          new RenditionSegment(
              rendition,
              msn,
              LadderFactory.framesPerPart(rung.frameRate(), rendition.partTargetMs())));
    }
    segment.samples.addAll(pictures.samples());
    segment.end(endTicks, true);
    return segment;
  }

  /** Media sequence number. */
  public long msn() {
    return msn;
  }

  /** Whether a discontinuity stands before it. */
  public boolean discontinuity() {
    return discontinuity;
  }

  /** Discontinuities up to and with its own. */
  public long discontinuitySequence() {
    return discontinuitySequence;
  }

  /** Wall-clock time of its start, milliseconds since the epoch. */
  public long pdtMs() {
    return pdtMs;
  }

  /** Media time of its start, 90 kHz. */
  public long startTicks() {
    return startTicks;
  }

  /** Media time of its end, 90 kHz; -1 while it grows. */
  public long endTicks() {
    return endTicks;
  }

  /** Duration on the leading track, 90 kHz. */
  public long durationTicks() {
    return endTicks - startTicks;
  }

  /** Where it comes from; null for one that keeps the playlists alive while nobody publishes. */
  public PublicationState publication() {
    return publication;
  }

  /** Whether it has no media because nobody publishes. */
  public boolean isAway() {
    return publication == null;
  }

  /** The tracks of that publication; null without one. */
  public PublicationTracks tracks() {
    return tracks;
  }

  /** What became of each rendition of the ladder, in the ladder's order. */
  public Collection<RenditionSegment> renditions() {
    return renditions.values();
  }

  /** One rendition; null where the ladder has none of that name. */
  public RenditionSegment rendition(String name) {
    return renditions.get(name);
  }

  /**
   * How those of its renditions are encoded that are: the ladder's rungs, and maybe the source's.
   */
  public List<Rung> rungs() {
    return rungs;
  }

  /** How the rendition of that name is encoded; empty where it is passed through. */
  public Optional<Rung> rung(String name) {
    return rungs.stream().filter(rung -> rung.name().equals(name)).findFirst();
  }

  /** Its sound where that is encoded; null where it is passed through, or nothing can be done. */
  public SegmentSound sound() {
    return sound;
  }

  /**
   * Pictures for the codec worker, pre-roll first, growing until {@link #samplesComplete()}; empty
   * where nothing is to be encoded.
   */
  public List<VideoSample> samples() {
    return samples;
  }

  /** Small pictures of it, in the order of their times, as the codec worker makes them. */
  public List<Thumbnail> thumbnails() {
    return thumbnails;
  }

  /**
   * When ingest had what is shown at a media time, in milliseconds since the epoch; 0 where there
   * is no picture yet. For latency figures only.
   */
  public long receivedAtMs(long ticks) {
    for (int i = samples.size() - 1; i >= 0; i--) {
      if (samples.get(i).ptsTicks() <= ticks) {
        return samples.get(i).receivedAtMs();
      }
    }
    return 0;
  }

  /** Whether {@link #samples()} and {@link #endTicks()} are final. */
  public boolean samplesComplete() {
    return samplesComplete;
  }

  /** Whether what ended it was a keyframe or the publication's end, not the limit of 6 s. */
  public boolean endsAtKeyframe() {
    return endsAtKeyframe;
  }

  /**
   * Where to start to make this segment again; null until what belongs to the segment before is
   * settled.
   */
  public Resume resume() {
    return resume;
  }

  /** Whether every rendition is complete or a gap. */
  public boolean isComplete() {
    return endTicks >= 0 && renditions.values().stream().allMatch(RenditionSegment::isComplete);
  }

  /** Forgets what {@code name} has so far: it will be encoded again. */
  public void restartRendition(String name) {
    renditions.computeIfPresent(name, (key, segment) -> segment.restarted(msn));
  }

  /** Leaves a rendition out that the broadcast will not have after all. */
  public void remove(String name) {
    renditions.remove(name);
    rungs = rungs.stream().filter(rung -> !rung.name().equals(name)).toList();
  }

  void encode(List<Rung> encoded) {
    rungs = List.copyOf(encoded);
  }

  void sound(SegmentSound encoded) {
    sound = encoded;
  }

  void put(RenditionSegment segment) {
    renditions.put(segment.rendition().name(), segment);
  }

  /**
   * Notes where it comes from.
   *
   * @param publicationStart where to resume instead if it is the first of its publication; null
   *     otherwise
   * @param offset the record of its first picture
   * @param preRollOffset the record of the IDR before it
   * @param position where it started
   */
  void startedBy(Resume publicationStart, long offset, long preRollOffset, Position position) {
    this.publicationStart = publicationStart;
    this.startOffset = offset;
    this.preRollOffset = preRollOffset;
    this.startPosition = position;
  }

  /**
   * Fixes {@link #resume()}; {@code queue} holds the audio that is not owned by earlier segments.
   */
  void settleResume(AudioQueue queue, PublicationState now, Position position) {
    if (resume != null) {
      return;
    }
    if (publicationStart != null) {
      resume = publicationStart;
      return;
    }
    long first = Math.min(startOffset, Math.min(preRollOffset, queue.firstOffset(startOffset)));
    Position start =
        new Position(
            msn,
            startPosition.endTicks(),
            startPosition.pdtEndMs(),
            startPosition.discontinuitySequence(),
            position.audioEndTicks(),
            position.audioPhaseTicks(),
            startPosition.publisherChanges(),
            startPosition.decisions(),
            startPosition.rungsLeftOut());
    resume = new Resume(first, startOffset, discontinuity, now, null, start);
  }

  /** Fixes {@link #resume()} of a segment that no record feeds. */
  void resumeAt(Resume place) {
    resume = place;
  }

  void end(long ticks, boolean atKeyframe) {
    endTicks = ticks;
    endsAtKeyframe = atKeyframe;
    samplesComplete = true;
  }
}

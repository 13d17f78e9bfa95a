package io.rostrum.transcode.segment;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.transcode.checkpoint.Decision;
import io.rostrum.transcode.checkpoint.Dormant;
import io.rostrum.transcode.checkpoint.Position;
import io.rostrum.transcode.checkpoint.PublicationState;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the source records of one broadcast into segments: a pure function of the records, of the
 * decisions of its owners, and of the place it starts at.
 *
 * <p>The leading track (video, or audio where there is none) says where segments start; ingest has
 * flagged it by the cutting rule. An audio frame belongs to the segment that it starts in, so
 * frames wait until the lead has got past them, and a segment is complete when the audio has got
 * past its end. A frame is never dropped: one that comes too late for its own segment goes into the
 * oldest one that is still open (only one that overlaps what is there already is left out).
 *
 * <p>Not thread safe.
 */
public final class Segmenter {
  /** Why every rendition is a gap while nobody publishes. */
  public static final String PUBLISHER_AWAY = "PUBLISHER_AWAY";

  /** Why a rendition is a gap that the transcoder is too slow for. */
  public static final String LEFT_OUT = "DEFERRED: the transcoder is too slow for this rendition";

  private static final String INGEST_SILENT = "INGEST_SILENT";

  /** How much longer than its pictures a publication's sound may be at its end, 90 kHz. */
  private static final long MAX_AUDIO_OVERHANG_TICKS = 90_000;

  /** More pre-roll of encoded audio is kept than is needed, whatever its frames' length. */
  private static final int PRE_ROLL_SPARE_MS = 200;

  /** How far off a known rate the measured one may be. */
  private static final double RATE_TOLERANCE = 0.0004;

  private final LadderFactory ladders;
  private final SoundAssignment sound = new SoundAssignment();
  private final PictureGroup pictures = new PictureGroup();
  private final List<TimelineItem> items = new ArrayList<>();

  private Ladder ladder;
  private Position position;
  private PublicationState publication;
  private PublicationTracks tracks;
  private Segment current;
  private boolean discontinuityPending;
  private long leadEndTicks;
  private long shownEndTicks;

  private Dormant dormant;
  private PublicationTracks dormantTracks;

  /** Whether the next access unit of the lead starts a segment, flagged or not. */
  private boolean cutPending;

  /** Set while records before the segment to resume with are read; -1 otherwise. */
  private long resumeSegmentOffset;

  private boolean firstOfPublication;
  private Resume publicationStart;

  /**
   * @param ladder the broadcast's ladder; null before its first publication
   * @param place where to start
   * @throws MalformedMediaException if the place's init segment cannot be read
   */
  public Segmenter(LadderFactory ladders, Ladder ladder, Resume place)
      throws MalformedMediaException {
    this.ladders = ladders;
    this.ladder = ladder;
    this.position = place.position();
    this.publication = place.publication();
    this.discontinuityPending = place.discontinuity();
    this.resumeSegmentOffset = place.segmentOffset();
    this.dormant = place.dormant();
    if (publication != null) {
      tracks = PublicationTracks.read(publication.init());
    }
    if (dormant != null) {
      dormantTracks = PublicationTracks.read(dormant.publication().init());
    }
  }

  /** What happened since the last call, in order. */
  public List<TimelineItem> takeItems() {
    List<TimelineItem> taken = List.copyOf(items);
    items.clear();
    return taken;
  }

  /** The ladder; null before the first segment. */
  public Ladder ladder() {
    return ladder;
  }

  /**
   * Whether viewers have the publisher's own pictures to watch; before the first segment, whether
   * they will as far as the publication in progress tells.
   */
  public boolean passesThrough() {
    return ladder == null
        ? publication == null || !Treatment.isVarying(publication)
        : ladder.passesThrough();
  }

  /** Goes on with fewer renditions: those whose encoder does not start. */
  public void reduceLadder(Ladder reduced) {
    ladder = reduced;
  }

  /** Whether a publication is in progress. */
  public boolean isPublishing() {
    return publication != null;
  }

  /** The tracks of the publication in progress; null without one. */
  public PublicationTracks tracks() {
    return tracks;
  }

  /** Media time of the end of what was taken of the leading track, 90 kHz. */
  public long takenUntilTicks() {
    return Math.max(leadEndTicks, position.endTicks());
  }

  /** Where the next segment goes on. */
  public Position position() {
    return position;
  }

  /**
   * Where to resume if every segment so far is stored; empty while records are re-read to make one
   * again, when the place to resume at is still the one that was started from.
   */
  public Optional<Resume> resumeWithoutSegments(long nextOffset) {
    if (publication != null) {
      return Optional.ofNullable(publicationStart);
    }
    return Optional.of(between(nextOffset));
  }

  /**
   * Whether source records that were read already are still needed, by a publication that fell
   * silent.
   */
  public boolean holdsPreRoll() {
    return dormant != null && dormant.preRollOffset() >= 0;
  }

  private Resume between(long nextOffset) {
    return Resume.between(holdsPreRoll() ? dormant.preRollOffset() : nextOffset, dormant, position);
  }

  /**
   * Takes one record.
   *
   * @param offset its offset in the source topic
   * @param at its time, for people
   * @throws MalformedMediaException if its bytes are not what ingest writes; the record has no
   *     effect then
   */
  public void accept(SourceRecord record, long offset, Instant at) throws MalformedMediaException {
    if (record instanceof SourceRecord.PublicationStart start) {
      start(start, offset, at);
    } else if (dormant != null && dormant.publication().id().equals(record.publicationId())) {
      dormant(record, offset, at);
    } else if (publication == null || !publication.id().equals(record.publicationId())) {
      return; // A superseded publication's last words.
    } else if (record instanceof SourceRecord.Chunk chunk) {
      chunk(chunk, offset);
    } else if (record instanceof SourceRecord.PublicationEnd end) {
      endPublication(end.reason().name(), at);
    }
  }

  /** The publication in progress is over, whether its ingest said so or not. */
  public void endPublication(String reason, Instant at) {
    if (publication == null) {
      return;
    }
    endMedia();
    items.add(new TimelineItem.PublisherLeft(position.publisherChanges(), publication, reason, at));
    position = position.behindPublisherChange();
    publication = null;
    tracks = null;
    publicationStart = null;
  }

  /** What follows does not continue what was before. */
  private void endMedia() {
    if (current != null) {
      long endTicks = Math.max(shownUntil(), current.startTicks() + 1);
      RenditionSegment source = current.rendition(Ladder.SOURCE);
      if (source != null && !source.isComplete() && current.rung(Ladder.SOURCE).isEmpty()) {
        source.holdLastUntil(endTicks);
      }
      endCurrent(endTicks, true);
    }
    position = sound.flush(position, lead());
    sound.queue().clear();
    pictures.clear();
  }

  /**
   * Applies what an owner decided; what the position counts already is left alone.
   *
   * @param at its time, for people
   */
  public void decide(Decision decision, Instant at) {
    if (decision.ordinal() != position.decisions()) {
      return;
    }
    if (decision.kind() == Decision.Kind.AWAY_GAP) {
      awayGap(decision);
    } else if (decision.kind() == Decision.Kind.RUNGS_LEFT_OUT) {
      position = position.withRungsLeftOut((int) decision.value()).behindDecision();
    } else {
      fallSilent(decision.sourceOffset(), at);
    }
  }

  /**
   * RFC 8216bis-22 §6.2.1: without an end, a playlist grows at least every 1.5 target durations.
   */
  private void awayGap(Decision decision) {
    Position before = position;
    long endTicks = before.endTicks() + decision.value();
    Segment gap =
        new Segment(
            before.nextMsn(),
            false,
            before.discontinuitySequence(),
            before.pdtEndMs(),
            before.endTicks(),
            null,
            null);
    for (Rendition rendition : ladder.renditions()) {
      RenditionSegment empty = new RenditionSegment(rendition, gap.msn(), 0);
      empty.becomeGap(PUBLISHER_AWAY);
      gap.put(empty);
    }
    gap.resumeAt(between(decision.sourceOffset()));
    gap.end(endTicks, true);
    position =
        before
            .behindSegment(
                endTicks, before.pdtEndMs() + decision.value() / 90, before.discontinuitySequence())
            .behindDecision();
    if (dormant != null) {
      dormant = dormant.behindGap();
      if (!holdsPreRoll()) {
        pictures.clear();
      }
    }
    items.add(new TimelineItem.SegmentItem(gap));
  }

  private void fallSilent(long offset, Instant at) {
    position = position.behindDecision();
    if (publication == null) {
      return;
    }
    PublicationState silent = publication;
    PublicationTracks silentTracks = tracks;
    List<VideoSample> preRoll = pictures.preRoll();
    long preRollOffset = pictures.firstOffset(-1);
    long leadUntilTicks =
        tracks.video() == null ? leadEndTicks : Math.max(leadEndTicks, shownEndTicks);
    endPublication(INGEST_SILENT, at);
    pictures.restore(preRoll, preRollOffset);
    dormant = new Dormant(silent, leadUntilTicks, offset, preRollOffset, 0);
    dormantTracks = silentTracks;
  }

  private void dormant(SourceRecord record, long offset, Instant at)
      throws MalformedMediaException {
    if (record instanceof SourceRecord.Chunk chunk) {
      if (offset < dormant.silentFromOffset()) {
        preRoll(chunk, offset);
      } else {
        comeBack(offset, at);
        chunk(chunk, offset);
      }
    } else if (offset >= dormant.silentFromOffset()) {
      forgetDormant();
    }
  }

  private void preRoll(SourceRecord.Chunk chunk, long offset) throws MalformedMediaException {
    if (chunk.trackId() != dormantTracks.videoId()) {
      return;
    }
    for (Fragment fragment : Fragment.readAll(chunk.payloadBytes())) {
      for (AccessUnit unit : fragment.samples()) {
        AccessUnit mapped = mapped(unit, dormant.publication().mediaBaseTicks());
        pictures.add(sample(mapped, chunk.receivedAtMs()), offset);
      }
    }
  }

  /** Its ingest node was held up, not gone: what it accepted goes on behind a discontinuity. */
  private void comeBack(long offset, Instant at) {
    long shiftTicks = position.endTicks() - dormant.endTicks();
    publication = dormant.publication().returned(shiftTicks, offset);
    tracks = dormantTracks;
    pictures.shift(shiftTicks);
    dormant = null;
    dormantTracks = null;
    beginMedia();
    publisherComes(at);
    firstOfPublication = false;
    shownEndTicks = position.endTicks();
    cutPending = true;
  }

  private void forgetDormant() {
    dormant = null;
    dormantTracks = null;
    pictures.clear();
  }

  /**
   * Where the last segment of a publication ends: behind all its pictures and, since its sound is
   * often a little ahead when the connection goes, behind the frames of sound that start later. So
   * nothing is lost, and the next publication's sound need not be moved against its pictures.
   */
  private long shownUntil() {
    if (tracks.video() == null) {
      return leadEndTicks;
    }
    long endTicks = Math.max(leadEndTicks, shownEndTicks);
    if (tracks.audio() == null || sound.queue().isEmpty()) {
      return endTicks;
    }
    int timescale = tracks.audio().timescale();
    long lastStartTicks = sound.queue().endTicks() - tracks.audio().samplesPerFrame();
    return lastStartTicks < MediaClock.toTrack(endTicks, timescale)
        ? endTicks
        : Math.min(
            MediaClock.fromTrack(sound.queue().endTicks(), timescale),
            endTicks + MAX_AUDIO_OVERHANG_TICKS);
  }

  private void start(SourceRecord.PublicationStart start, long offset, Instant at)
      throws MalformedMediaException {
    PublicationTracks read = PublicationTracks.read(start.init());
    if (read.leadId() < 0) {
      throw MalformedMediaException.unsupported(
          "init segment", "neither video nor audio in it", -1);
    }
    boolean goesOn = publication != null && publication.id().equals(start.publicationId());
    if (goesOn) {
      PublicationState before = publication;
      endMedia();
      publicationStart = new Resume(offset, -1, false, before, null, position);
    } else {
      endPublication(SourceRecord.EndReason.SUPERSEDED.name(), at);
      forgetDormant();
      publicationStart = Resume.between(offset, null, position);
    }
    tracks = read;
    long pdtMs = Math.max(start.pdt().toEpochMilli(), position.pdtEndMs());
    publication =
        new PublicationState(
            start.publicationId(),
            start.protocol().name(),
            start.init(),
            position.endTicks(),
            pdtMs,
            start.partTargetMs(),
            null,
            -1);
    beginMedia();
    if (!goesOn) {
      publisherComes(at);
    }
    firstOfPublication = true;
  }

  private void publisherComes(Instant at) {
    items.add(new TimelineItem.PublisherCame(position.publisherChanges(), publication, at));
    position = position.behindPublisherChange();
  }

  private void beginMedia() {
    discontinuityPending = position.nextMsn() > 0;
    cutPending = false;
    resumeSegmentOffset = -1;
    leadEndTicks = position.endTicks();
  }

  private void chunk(SourceRecord.Chunk chunk, long offset) throws MalformedMediaException {
    List<Fragment> fragments = Fragment.readAll(chunk.payloadBytes());
    boolean lead = chunk.trackId() == tracks.leadId();
    if (lead && offset == resumeSegmentOffset) {
      resumeSegmentOffset = -1;
      cutPending = true;
    }
    boolean first = true;
    for (Fragment fragment : fragments) {
      for (AccessUnit unit : fragment.samples()) {
        if (chunk.trackId() == tracks.videoId()) {
          video(unit, chunk, first, offset);
        } else if (chunk.trackId() == tracks.audioId()) {
          audio(unit, chunk, first && lead, offset);
        }
        first = false;
      }
    }
    assignAudio();
  }

  private void video(AccessUnit unit, SourceRecord.Chunk chunk, boolean first, long offset) {
    AccessUnit mapped = mapped(unit, publication.mediaBaseTicks());
    VideoSample picture = sample(mapped, chunk.receivedAtMs());
    if (resumeSegmentOffset >= 0) {
      pictures.add(picture, offset);
      return;
    }
    if (first && (chunk.segmentStart() || cutPending)) {
      boundary(startOf(picture), offset, unit.sync(), unit.durationTicks());
    }
    pictures.add(picture, offset);
    if (current == null) {
      return; // Ingest flags the first chunk of every publication; what is before it cannot be
      // shown.
    }
    RenditionSegment source = current.rendition(Ladder.SOURCE);
    if (source != null && !source.isComplete() && current.rung(Ladder.SOURCE).isEmpty()) {
      source.add(mapped, chunk.receivedAtMs());
    }
    if (!current.rungs().isEmpty()) {
      current.samples().add(picture);
    }
    leadEndTicks = Math.max(leadEndTicks, mapped.endDecodeTimeTicks());
    shownEndTicks = Math.max(shownEndTicks, picture.ptsTicks() + unit.durationTicks());
  }

  private static AccessUnit mapped(AccessUnit unit, long baseTicks) {
    return new AccessUnit(
        baseTicks + unit.decodeTimeTicks(),
        unit.compositionOffsetTicks(),
        unit.durationTicks(),
        unit.sync(),
        unit.data());
  }

  private static VideoSample sample(AccessUnit mapped, long receivedAtMs) {
    return new VideoSample(
        mapped.presentationTimeTicks(),
        mapped.decodeTimeTicks(),
        mapped.sync(),
        receivedAtMs,
        mapped.data());
  }

  /**
   * Where a segment starts that begins with {@code picture}: at the IDR, or, where ingest had to
   * cut between two, behind everything that the segment before has shown. Pictures decoded after
   * such a cut but shown before it are pre-roll.
   */
  private long startOf(VideoSample picture) {
    return picture.sync() ? picture.ptsTicks() : Math.max(picture.dtsTicks(), shownEndTicks);
  }

  private void audio(AccessUnit unit, SourceRecord.Chunk chunk, boolean first, long offset) {
    if (offset < publication.returnedAtOffset()) {
      return; // Pre-roll of its pictures; this was heard before it fell silent.
    }
    int timescale = tracks.audio().timescale();
    boolean encoded = encodesAudio();
    if (publication.audioBaseTicks() == null) {
      publication =
          publication.withAudioBase(
              encoded
                  ? MediaClock.toTrack(publication.mediaBaseTicks(), timescale)
                  : audioBase(unit, timescale));
    }
    AccessUnit mapped =
        new AccessUnit(
            publication.audioBaseTicks() + unit.decodeTimeTicks(),
            0,
            unit.durationTicks(),
            true,
            unit.data());
    if (encoded) {
      sound
          .queue()
          .keepOwned((AudioOutput.PRE_ROLL_MS + PRE_ROLL_SPARE_MS) * (long) timescale / 1000);
    } else if (position.audioEndTicks() != null
        && mapped.decodeTimeTicks() < position.audioEndTicks()) {
      return; // Owned by an earlier segment: we are re-reading to make a later one.
    }
    if (tracks.video() == null && resumeSegmentOffset < 0) {
      if (first && (chunk.segmentStart() || cutPending)) {
        boundary(MediaClock.fromTrack(mapped.decodeTimeTicks(), timescale), offset, true, 0);
      }
      leadEndTicks = MediaClock.fromTrack(mapped.endDecodeTimeTicks(), timescale);
    }
    sound.queue().add(new AudioQueue.Frame(mapped, offset, chunk.receivedAtMs()));
  }

  /**
   * Puts a publication's audio on the grid of the broadcast's audio frames (DESIGN.md, invariant
   * 4): at most half a frame, 11 ms, off, and never over what is there already.
   */
  private long audioBase(AccessUnit first, int timescale) {
    long baseTicks = MediaClock.toTrack(publication.mediaBaseTicks(), timescale);
    if (position.audioPhaseTicks() == null) {
      return baseTicks;
    }
    long frameTicks = tracks.audio().samplesPerFrame();
    long wanted = baseTicks + first.decodeTimeTicks();
    long off = Math.floorMod(wanted - position.audioPhaseTicks(), frameTicks);
    long start = off <= frameTicks / 2 ? wanted - off : wanted - off + frameTicks;
    while (position.audioEndTicks() != null && start < position.audioEndTicks()) {
      start += frameTicks;
    }
    return start - first.decodeTimeTicks();
  }

  private void boundary(long startTicks, long offset, boolean sync, int frameTicks) {
    long start = Math.max(startTicks, position.endTicks());
    if (current != null) {
      start = Math.max(start, current.startTicks() + 1);
      endCurrent(start, sync);
      assignAudio();
    }
    if (ladder == null) {
      ladder =
          ladders.choose(
              Treatment.isVarying(publication),
              tracks.video(),
              measuredRate(frameTicks),
              tracks.audio(),
              publication.partTargetMs());
    }
    long pdtMs =
        Math.max(
            publication.pdtBaseMs() + (start - publication.mediaBaseTicks()) / 90,
            position.pdtEndMs());
    long discontinuities = position.discontinuitySequence() + (discontinuityPending ? 1 : 0);
    Segment segment =
        new Segment(
            position.nextMsn(),
            discontinuityPending,
            discontinuities,
            pdtMs,
            start,
            publication,
            tracks);
    Treatment treatment = treatment();
    segment.encode(treatment.rungs(position.rungsLeftOut()));
    segment.sound(treatment.sound());
    for (Rendition rendition : ladder.renditions()) {
      segment.put(treatment.begin(rendition, segment, sync));
    }
    if (!segment.rungs().isEmpty() && !sync) {
      segment.samples().addAll(pictures.preRoll());
    }
    segment.startedBy(
        firstOfPublication ? publicationStart : null,
        offset,
        sync ? offset : pictures.firstOffset(offset),
        position);
    firstOfPublication = false;
    publicationStart = null;
    discontinuityPending = false;
    cutPending = false;
    shownEndTicks = start;
    current = segment;
    sound.add(segment, position, lead());
    items.add(new TimelineItem.SegmentItem(segment));
  }

  private Treatment treatment() {
    return new Treatment(ladders, ladder, publication, tracks);
  }

  /** Whether the audio of the publication in progress must be brought to the broadcast's form. */
  public boolean encodesAudio() {
    return publication != null && ladder != null && treatment().encodesAudio();
  }

  private FrameRate measuredRate(int frameTicks) {
    return frameTicks <= 0
        ? null
        : FrameRate.nearestKnown(90_000.0 / frameTicks, RATE_TOLERANCE).orElse(null);
  }

  private void endCurrent(long endTicks, boolean atKeyframe) {
    Segment ended = current;
    ended.end(endTicks, atKeyframe);
    RenditionSegment source = ended.rendition(Ladder.SOURCE);
    if (source != null && !source.isComplete() && ended.rung(Ladder.SOURCE).isEmpty()) {
      source.complete("no video");
    }
    position =
        position.behindSegment(
            endTicks, ended.pdtMs() + ended.durationTicks() / 90, ended.discontinuitySequence());
    current = null;
  }

  private void assignAudio() {
    position = sound.assign(position, lead());
  }

  private SoundAssignment.Lead lead() {
    return new SoundAssignment.Lead(publication, tracks, leadEndTicks);
  }
}

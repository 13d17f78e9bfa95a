package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.checkpoint.Decision;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.checkpoint.Revisions;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.storyboard.StoryboardProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has been committed of a broadcast, between two checkpoints: mutable, the owner loop's thread
 * only.
 */
final class Progress {
  final long epoch;
  long nextSeq;
  long openedMsn;
  long closedMsn;
  long publisherFacts;
  boolean connected;
  Instant publisherSince;
  boolean ended;
  boolean finished;
  long totalTicks;
  Ladder ladder;
  final Set<String> knownInits;
  final Map<Long, Checkpoint.ClosedSegment> unstored;
  int awaySegments;
  long awayTicks;
  StoryboardProgress storyboard;
  private final List<Decision> decisions;
  final long timelineOffset;
  long pageSeq;
  long pageOffset;

  Progress(Checkpoint from) {
    epoch = from.epoch() + 1;
    nextSeq = from.nextSeq();
    openedMsn = from.openedMsn();
    closedMsn = from.closedMsn();
    publisherFacts = from.publisherFacts();
    connected = from.connected();
    publisherSince = from.publisherSince();
    ended = from.ended();
    finished = from.finished();
    totalTicks = from.totalTicks();
    List<Rendition> renditions = from.ladder();
    ladder = renditions == null ? null : new Ladder(renditions, from.rungs());
    knownInits = new HashSet<>(from.knownInits());
    unstored = new HashMap<>(from.unstored());
    awaySegments = from.awaySegments();
    awayTicks = from.awayTicks();
    storyboard = from.storyboard();
    decisions = new ArrayList<>(from.decisions());
    timelineOffset = from.timelineOffset();
    pageSeq = from.pageSeq();
    pageOffset = from.pageOffset();
  }

  /** Notes what was decided: it is committed with whatever follows from it. */
  void decided(Decision decision) {
    decisions.add(decision);
  }

  /** The decision of that ordinal if it was made; null otherwise. */
  Decision decision(long ordinal) {
    return decisions.stream().filter(d -> d.ordinal() == ordinal).findFirst().orElse(null);
  }

  Checkpoint checkpoint(Resume resume) {
    return new Checkpoint(
        epoch,
        nextSeq,
        openedMsn,
        closedMsn,
        publisherFacts,
        connected,
        publisherSince,
        ended,
        finished,
        totalTicks,
        ladder == null ? null : ladder.renditions(),
        ladder == null ? List.of() : ladder.rungs(),
        Set.copyOf(knownInits),
        Map.copyOf(unstored),
        awaySegments,
        awayTicks,
        decisions.stream().filter(d -> d.ordinal() >= resume.position().decisions()).toList(),
        storyboard,
        resume,
        timelineOffset,
        pageSeq,
        pageOffset,
        Revisions.NONE);
  }
}

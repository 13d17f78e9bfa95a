package io.rostrum.catalog.broadcast;

import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Fact.SegmentRendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * What became of a broadcast, computed from its timeline fact by fact. Written by the indexer only.
 */
@Entity
@Table(name = "broadcast_progress")
public class Progress {
  @Id
  @Column(name = "broadcast_id")
  String broadcastId;

  @Column(name = "next_seq")
  long nextSeq;

  @Column(name = "missing_facts")
  long missingFacts;

  @Column(name = "publisher_connected")
  boolean publisherConnected;

  @Column(name = "publisher_changed_at")
  Instant publisherChangedAt;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "ended_at")
  Instant endedAt;

  @Column(name = "end_reason")
  String endReason;

  long segments;

  @Column(name = "stored_segments")
  long storedSegments;

  long publications;

  @Column(name = "away_segments")
  long awaySegments;

  @Column(name = "gap_segments")
  long gapSegments;

  @Column(name = "duration_ticks")
  long durationTicks;

  int revision;

  @Column(name = "revised_at")
  Instant revisedAt;

  @Column(name = "revision_gaps")
  Long revisionGaps;

  @Column(name = "repair_answered")
  String repairAnswered;

  @Column(name = "repair_problem")
  String repairProblem;

  /** For Hibernate. */
  protected Progress() {}

  private Progress(String broadcastId) {
    this.broadcastId = broadcastId;
  }

  /** A broadcast without any fact. */
  public static Progress none(String broadcastId) {
    return new Progress(broadcastId);
  }

  /** Whether the fact is indexed already; a reader that sees one twice drops the second. */
  public boolean knows(TimelineRecord record) {
    return record.seq() < nextSeq;
  }

  /**
   * Takes the next fact in.
   *
   * @return how many facts are missing between this one and the last: 0 unless facts were lost
   */
  public long apply(TimelineRecord record) {
    long missing = record.seq() - nextSeq;
    missingFacts += missing;
    nextSeq = record.seq() + 1;
    Fact fact = record.fact();
    if (fact instanceof Fact.Publisher publisher) {
      publisherConnected = publisher.connected();
      publications += publisher.connected() ? 1 : 0;
      publisherChangedAt = publisher.at();
    } else if (fact instanceof Fact.Open open) {
      startedAt = startedAt == null ? open.pdt() : startedAt;
    } else if (fact instanceof Fact.Close close) {
      segments++;
      durationTicks += close.durationTicks();
      count(close);
    } else if (fact instanceof Fact.Stored) {
      storedSegments++;
    } else if (fact instanceof Fact.End end) {
      // The sums of the fact itself: right even where facts before it were lost.
      endedAt = end.at() == null ? record.at() : end.at();
      endReason = end.reason() == null ? null : end.reason().name();
      segments = end.segments();
      durationTicks = end.durationTicks();
      publisherConnected = false;
    } else if (fact instanceof Fact.Revised revised) {
      revise(revised);
    }
    return missing;
  }

  private void revise(Fact.Revised revised) {
    if (revised.revision() > revision) {
      revision = revised.revision();
      revisedAt = revised.at();
    }
    revisionGaps = revised.gaps();
    if (revised.repair() != null) {
      repairAnswered = revised.repair();
      repairProblem = revised.problem();
    }
  }

  private void count(Fact.Close close) {
    boolean gap = close.renditions().values().stream().anyMatch(SegmentRendition::withoutMedia);
    if (gap && close.renditions().values().stream().allMatch(Progress::isAway)) {
      awaySegments++;
    } else if (gap) {
      gapSegments++;
    }
  }

  private static boolean isAway(SegmentRendition rendition) {
    return Fact.GAP_PUBLISHER_AWAY.equals(rendition.gap());
  }

  public String broadcastId() {
    return broadcastId;
  }

  /** Sequence number of the fact that is to come next. */
  public long nextSeq() {
    return nextSeq;
  }

  /** Facts that never arrived; 0 is a complete index. */
  public long missingFacts() {
    return missingFacts;
  }

  public PublisherState publisher() {
    return publisherConnected ? PublisherState.CONNECTED : PublisherState.AWAY;
  }

  /** Programme time of the first segment; null before it. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Null until it ended. */
  public Instant endedAt() {
    return endedAt;
  }

  /** Segments that were closed. */
  public long segments() {
    return segments;
  }

  /** How many publications there were; a changed format makes one as well. */
  public long publications() {
    return publications;
  }

  /** Closed segments that nobody published. */
  public long awaySegments() {
    return awaySegments;
  }

  /** Closed segments that lack a rendition though somebody published. */
  public long gapSegments() {
    return gapSegments;
  }

  /** Whether the transcoder has answered the wish for repair of that id. */
  boolean answered(Repair repair) {
    return repair.id().equals(repairAnswered);
  }

  /** Duration of all closed segments in seconds. */
  public double durationSeconds() {
    return durationTicks / (double) Fact.CLOCK_HZ;
  }
}

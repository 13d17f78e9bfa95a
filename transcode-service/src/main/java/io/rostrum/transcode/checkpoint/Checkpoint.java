package io.rostrum.transcode.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.storyboard.StoryboardProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a broadcast at the end of a transaction. Committed together with the facts it
 * counts.
 *
 * @param epoch the epoch of the owner that wrote it
 * @param nextSeq sequence number of the next fact
 * @param openedMsn last segment whose {@code open} is committed, -1 before the first
 * @param closedMsn last segment whose {@code close} is committed, -1 before the first
 * @param publisherFacts how many {@code publisher} facts are committed
 * @param connected whether the last of them says that somebody publishes
 * @param publisherSince when that was
 * @param ended whether {@code end} is committed
 * @param finished whether everything is stored, the finished timeline too: nothing is left to do
 * @param totalTicks sum of the durations of closed segments, 90 kHz
 * @param ladder the renditions; null before the first {@code open}
 * @param rungs how the encoded ones are encoded
 * @param knownInits hashes of the init segments that facts have carried
 * @param unstored what {@code close} said about each closed segment that is not stored yet, so that
 *     re-doing one keeps to it
 * @param awaySegments how many segments in a row at the end of the timeline have no publisher
 * @param awayTicks sum of their durations, 90 kHz
 * @param decisions those that {@code resume} does not count, in their order
 * @param storyboard how far the storyboard has come
 * @param resume where to start to re-do the oldest segment that is not stored
 * @param timelineOffset an offset of the timeline's partition at or before the broadcast's first
 *     fact
 * @param pageSeq sequence number of the first fact that is in no page yet
 * @param pageOffset an offset of the timeline's partition at or before that fact
 * @param revisions what became of the recording after the end
 */
public record Checkpoint(
    long epoch,
    long nextSeq,
    long openedMsn,
    long closedMsn,
    long publisherFacts,
    boolean connected,
    Instant publisherSince,
    boolean ended,
    boolean finished,
    long totalTicks,
    List<Rendition> ladder,
    List<Rung> rungs,
    Set<String> knownInits,
    Map<Long, ClosedSegment> unstored,
    int awaySegments,
    long awayTicks,
    List<Decision> decisions,
    StoryboardProgress storyboard,
    Resume resume,
    long timelineOffset,
    long pageSeq,
    long pageOffset,
    Revisions revisions) {
  public Checkpoint {
    revisions = revisions == null ? Revisions.NONE : revisions;
    decisions = decisions == null ? List.of() : List.copyOf(decisions);
    storyboard = storyboard == null ? StoryboardProgress.START : storyboard;
  }

  /**
   * What was said about a segment when it was closed.
   *
   * @param gaps reason per rendition that is a gap
   * @param sha256 hash per rendition that is not
   */
  public record ClosedSegment(Map<String, String> gaps, Map<String, String> sha256) {}

  /** Before the first record of a broadcast. */
  public static Checkpoint start(long sourceOffset, long timelineOffset) {
    Resume resume = Resume.between(sourceOffset, null, Position.START);
    return new Checkpoint(
        0,
        0,
        -1,
        -1,
        0,
        false,
        null,
        false,
        false,
        0,
        null,
        List.of(),
        Set.of(),
        Map.of(),
        0,
        0,
        List.of(),
        StoryboardProgress.START,
        resume,
        timelineOffset,
        0,
        timelineOffset,
        Revisions.NONE);
  }

  /**
   * The same of a finished broadcast by the next owner.
   *
   * @param facts how many more are committed with it
   * @param ladder the renditions the recording has now
   * @param rungs how the encoded ones of them are encoded
   */
  public Checkpoint revised(
      int facts, Revisions revisions, List<Rendition> ladder, List<Rung> rungs) {
    return new Checkpoint(
        epoch + 1,
        nextSeq + facts,
        openedMsn,
        closedMsn,
        publisherFacts,
        connected,
        publisherSince,
        ended,
        finished,
        totalTicks,
        ladder,
        rungs,
        knownInits,
        unstored,
        awaySegments,
        awayTicks,
        decisions,
        storyboard,
        resume,
        timelineOffset,
        pageSeq,
        pageOffset,
        revisions);
  }

  /** Whether source records are still needed to make or re-make a segment. */
  @JsonIgnore
  public boolean needsSource() {
    return !finished && (resume.segmentOffset() >= 0 || resume.publication() != null || connected);
  }

  /** The record's value. */
  public byte[] toBytes() {
    return ContractJson.write(this);
  }

  /**
   * @throws io.rostrum.contracts.ContractException if {@code value} is not a checkpoint
   */
  public static Checkpoint parse(byte[] value) {
    return ContractJson.read(value, Checkpoint.class);
  }
}

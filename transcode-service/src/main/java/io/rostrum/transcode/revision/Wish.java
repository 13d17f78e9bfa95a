package io.rostrum.transcode.revision;

import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.Revisions;
import io.rostrum.transcode.ladder.Ladder;
import java.time.Instant;

/**
 * A recording to go over.
 *
 * @param broadcast its id
 * @param revisions what was done with it before
 * @param ladder the renditions of its newest revision
 * @param repair what somebody asked for; null where it has just ended
 */
public record Wish(String broadcast, Revisions revisions, Ladder ladder, Repair repair) {
  /** The timeline of its newest revision. */
  String timelineKey() {
    return revisions.newest() == null
        ? ObjectKeys.finishedTimeline(broadcast, 0)
        : revisions.newest().key();
  }

  /**
   * What comes of it where nothing does.
   *
   * @param gaps segments that lack an encoded rendition
   * @param problem for who asked; null where all is well
   */
  public Outcome unchanged(Ladder now, long gaps, String problem) {
    if (repair == null) {
      return new Outcome(null, now);
    }
    String sha256 = revisions.newest() == null ? null : revisions.newest().sha256();
    return new Outcome(
        new Fact.Revised(
            revisions.newestNumber(),
            timelineKey(),
            sha256,
            gaps,
            repairId(),
            problem,
            Instant.now()),
        now);
  }

  String repairId() {
    return repair == null ? null : repair.id();
  }
}

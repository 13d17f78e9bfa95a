package io.rostrum.transcode.checkpoint;

import io.rostrum.contracts.timeline.Fact;

/**
 * What became of a recording after its end.
 *
 * @param examined whether it was gone over for what was left out live
 * @param newest the last {@code revised} fact that made a revision; null where there is none but
 *     what was broadcast
 * @param announced whether the object store tells of {@code newest}
 * @param repair id of the last request that was answered; null where none was
 */
public record Revisions(boolean examined, Fact.Revised newest, boolean announced, String repair) {
  /** Before anything was done. */
  public static final Revisions NONE = new Revisions(false, null, false, null);

  /** The same where there was nothing to do. */
  public Revisions behindExamination() {
    return new Revisions(true, newest, announced, repair);
  }

  /** The same behind that fact. */
  public Revisions behind(Fact.Revised fact) {
    boolean newer = fact.revision() > newestNumber();
    return new Revisions(
        true,
        newer ? fact : newest,
        !newer && announced,
        fact.repair() == null ? repair : fact.repair());
  }

  /** The same once the object store tells of the newest. */
  public Revisions behindAnnouncement() {
    return new Revisions(examined, newest, true, repair);
  }

  /** Number of the newest revision. */
  public int newestNumber() {
    return newest == null ? 0 : newest.revision();
  }
}

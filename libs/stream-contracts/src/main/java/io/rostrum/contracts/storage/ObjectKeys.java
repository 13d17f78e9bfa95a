package io.rostrum.contracts.storage;

/**
 * Object keys. Everything of a broadcast lies under one prefix, so a recording can be copied,
 * restored or deleted whole, and describes itself: its timeline lies next to its segments.
 *
 * <p>A segment's key carries a hash of its content, so an object is never overwritten with
 * something else.
 */
public final class ObjectKeys {
  private ObjectKeys() {}

  /** The prefix of everything of a broadcast. */
  public static String broadcastPrefix(String broadcastId) {
    return "broadcasts/" + broadcastId + "/";
  }

  /**
   * @param sha256 lower-case hexadecimal, of the segment
   */
  public static String segment(String broadcastId, String rendition, long msn, String sha256) {
    return broadcastPrefix(broadcastId)
        + rendition
        + "/"
        + String.format("%08d", msn)
        + "-"
        + sha256.substring(0, 16)
        + ".m4s";
  }

  /**
   * @param hash as named in {@code open} facts and in playlists
   */
  public static String init(String broadcastId, String rendition, String hash) {
    return broadcastPrefix(broadcastId) + rendition + "/init-" + hash + ".mp4";
  }

  /** A JPEG of the storyboard; {@code name} is one of the three below. */
  public static String storyboard(String broadcastId, String name) {
    return broadcastPrefix(broadcastId) + "storyboard/" + name;
  }

  /**
   * The name of a segment's thumbnails, in {@link #storyboard}.
   *
   * @param sha256 lower-case hexadecimal, of the JPEG
   */
  public static String thumbnails(long msn, String sha256) {
    return String.format("%08d", msn) + "-" + sha256.substring(0, 16) + ".jpg";
  }

  /** The name of a sheet of thumbnails, likewise. */
  public static String thumbnailSheet(long firstMsn, String sha256) {
    return "sheet-" + thumbnails(firstMsn, sha256);
  }

  /** The name of the broadcast's poster, likewise. */
  public static String poster(String sha256) {
    return "poster-" + sha256.substring(0, 16) + ".jpg";
  }

  /**
   * The source of a segment that killed codec children, kept for study; no timeline names it.
   *
   * @param track {@code video} or {@code audio}
   */
  public static String condemned(String broadcastId, long msn, String track) {
    return broadcastPrefix(broadcastId)
        + "condemned/"
        + String.format("%08d", msn)
        + "-"
        + track
        + ".mp4";
  }

  /** The prefix of the pages written while a broadcast is live. */
  public static String timelinePages(String broadcastId) {
    return broadcastPrefix(broadcastId) + "timeline/";
  }

  /**
   * A page of facts, one JSON record a line, written while the broadcast is live.
   *
   * @param firstSeq sequence number of its first record; keys sort in the order of the facts
   */
  public static String timelinePage(String broadcastId, long firstSeq) {
    return timelinePages(broadcastId) + String.format("%012d", firstSeq) + ".ndjson";
  }

  /**
   * The publisher's coded pictures of a segment that has no {@code source}: a file that can be
   * played by itself, init segment first.
   *
   * @param sha256 lower-case hexadecimal, of the object
   */
  public static String pictures(String broadcastId, long msn, String sha256) {
    return broadcastPrefix(broadcastId)
        + "pictures/"
        + String.format("%08d", msn)
        + "-"
        + sha256.substring(0, 16)
        + ".mp4";
  }

  /**
   * The whole timeline of what was broadcast, gzip of one JSON record a line. It exists only when
   * every object it names does; never overwritten with something else.
   *
   * @param revision 0; for later ones see {@link #revisedTimeline}
   */
  public static String finishedTimeline(String broadcastId, int revision) {
    return broadcastPrefix(broadcastId) + "r" + revision + "/timeline.ndjson.gz";
  }

  /**
   * The whole timeline of a later revision, in the same form. Its name tells its content, since two
   * transcoders may have made one for the same number: the one that counts is named by the {@code
   * revised} fact and by {@link #revision}.
   *
   * @param revision from 1
   * @param sha256 lower-case hexadecimal, of the object
   */
  public static String revisedTimeline(String broadcastId, int revision, String sha256) {
    return broadcastPrefix(broadcastId)
        + "r"
        + revision
        + "/timeline-"
        + sha256.substring(0, 16)
        + ".ndjson.gz";
  }

  /**
   * The prefix of {@link #revision}: the last key under it is the newest revision's. A listing and
   * no pointer that moves: each object says the same for ever, and whoever comes late with an older
   * one takes nothing back.
   */
  public static String revisions(String broadcastId) {
    return broadcastPrefix(broadcastId) + "revisions/";
  }

  /**
   * The {@code revised} fact of a revision as JSON, written once that is committed: with it a
   * replay finds its newest revision in the object store alone.
   *
   * @param revision from 1; keys sort by it
   */
  public static String revision(String broadcastId, int revision) {
    return revisions(broadcastId) + String.format("%08d", revision) + ".json";
  }
}

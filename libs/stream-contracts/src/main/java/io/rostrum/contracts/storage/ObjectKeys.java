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
   * The whole timeline of a finished revision, gzip of one JSON record a line. It exists only when
   * every object it names does; never overwritten with something else.
   *
   * @param revision 0 for what was broadcast, higher for repairs
   */
  public static String finishedTimeline(String broadcastId, int revision) {
    return broadcastPrefix(broadcastId) + "r" + revision + "/timeline.ndjson.gz";
  }
}

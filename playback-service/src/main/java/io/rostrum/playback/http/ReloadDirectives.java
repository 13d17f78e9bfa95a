package io.rostrum.playback.http;

import io.vertx.core.MultiMap;

/**
 * Delivery directives of a playlist request (§6.2.5).
 *
 * @param msn {@code _HLS_msn}; -1 where absent
 * @param part {@code _HLS_part}; -1 where absent
 * @param skip whether a delta update is wanted. {@code v2} as well: this server does not skip
 *     EXT-X-DATERANGE, and says so by not offering CAN-SKIP-DATERANGES
 */
record ReloadDirectives(long msn, int part, boolean skip) {
  private static final ReloadDirectives NONE = new ReloadDirectives(-1, -1, false);

  /** Whether the request waits for something. */
  boolean blocking() {
    return msn >= 0;
  }

  /**
   * @param ended whether the playlist has EXT-X-ENDLIST: directives are ignored then
   * @throws IllegalArgumentException with what is wrong: 400
   */
  static ReloadDirectives parse(MultiMap query, boolean ended) {
    if (ended) {
      return NONE;
    }
    String msn = query.get("_HLS_msn");
    String part = query.get("_HLS_part");
    String skip = query.get("_HLS_skip");
    if (part != null && msn == null) {
      throw new IllegalArgumentException("_HLS_part needs _HLS_msn (RFC 8216bis §6.2.5.2).");
    }
    long number = msn == null ? -1 : number("_HLS_msn", msn);
    int partNumber = part == null ? -1 : (int) Math.min(1_000_000, number("_HLS_part", part));
    return new ReloadDirectives(number, partNumber, "YES".equals(skip) || "v2".equals(skip));
  }

  private static long number(String name, String text) {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(name + " is not a number from 0.");
    }
    return Long.parseLong(text);
  }
}

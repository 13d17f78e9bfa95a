package io.rostrum.hls.history;

import java.time.Instant;
import java.util.List;

/**
 * A segment as it was read. The last one may be open: its parts are there, its URI is not.
 *
 * @param msn media sequence number
 * @param uri as written; null while it is open
 * @param micros EXTINF; 0 while it is open
 * @param discontinuity whether EXT-X-DISCONTINUITY stands before it
 * @param programDateTime its own EXT-X-PROGRAM-DATE-TIME; null without
 * @param mapUri the EXT-X-MAP that applies; null without
 * @param gap whether it has EXT-X-GAP
 * @param parts that are listed
 */
public record ListedSegment(
    long msn,
    String uri,
    long micros,
    boolean discontinuity,
    Instant programDateTime,
    String mapUri,
    boolean gap,
    List<ListedPart> parts) {
  public ListedSegment {
    parts = List.copyOf(parts);
  }

  boolean open() {
    return uri == null;
  }
}

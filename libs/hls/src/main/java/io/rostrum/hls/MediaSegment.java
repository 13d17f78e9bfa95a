package io.rostrum.hls;

import java.time.Instant;
import java.util.List;

/**
 * A complete segment of a media playlist.
 *
 * @param uri relative to the playlist; a gap has one too, nobody fetches it
 * @param duration exact
 * @param discontinuity whether EXT-X-DISCONTINUITY stands before it (§4.4.4.3)
 * @param programDateTime wall-clock time of its first sample
 * @param mapUri the init segment that applies to it; written where it changes
 * @param gap whether there is no media behind the URI (EXT-X-GAP, §4.4.4.7)
 * @param parts its parts in order; empty where there are none to list. Those of a gap are gaps
 */
public record MediaSegment(
    String uri,
    MediaDuration duration,
    boolean discontinuity,
    Instant programDateTime,
    String mapUri,
    boolean gap,
    List<PartialSegment> parts) {
  public MediaSegment {
    Uris.require(uri);
    if (mapUri != null) {
      Uris.require(mapUri);
    }
    parts = List.copyOf(parts);
    if (gap && !parts.stream().allMatch(PartialSegment::gap)) {
      throw new IllegalArgumentException("§4.4.4.9: a part of a gap is not available: GAP=YES");
    }
  }
}

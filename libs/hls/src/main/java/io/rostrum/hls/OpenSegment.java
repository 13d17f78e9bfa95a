package io.rostrum.hls;

import java.time.Instant;
import java.util.List;

/**
 * The segment at the live edge that is not complete: only its parts are listed.
 *
 * @param discontinuity whether EXT-X-DISCONTINUITY stands before it
 * @param programDateTime wall-clock time of its first sample
 * @param mapUri the init segment that applies to it
 * @param parts those that are there, in order without holes
 */
public record OpenSegment(
    boolean discontinuity, Instant programDateTime, String mapUri, List<PartialSegment> parts) {
  public OpenSegment {
    if (mapUri != null) {
      Uris.require(mapUri);
    }
    parts = List.copyOf(parts);
  }
}

package io.rostrum.hls;

/**
 * EXT-X-PART (§4.4.4.9): a piece of a segment that can be fetched before the segment is complete.
 *
 * @param uri relative to the playlist
 * @param duration at most PART-TARGET
 * @param independent whether it holds an independently decodable frame
 * @param gap whether it is not available
 */
public record PartialSegment(String uri, MediaDuration duration, boolean independent, boolean gap) {
  public PartialSegment {
    Uris.require(uri);
  }

  /** A part that is there. */
  public PartialSegment(String uri, MediaDuration duration, boolean independent) {
    this(uri, duration, independent, false);
  }

  /** A part of a gap. */
  public static PartialSegment gap(String uri, MediaDuration duration) {
    return new PartialSegment(uri, duration, false, true);
  }
}

package io.rostrum.hls;

/**
 * EXT-X-PART (§4.4.4.9): a piece of a segment that can be fetched before the segment is complete.
 *
 * @param uri relative to the playlist
 * @param duration at most PART-TARGET
 * @param independent whether it holds an independently decodable frame
 */
public record PartialSegment(String uri, MediaDuration duration, boolean independent) {
  public PartialSegment {
    Uris.require(uri);
  }
}

package io.rostrum.transcode.revision;

import io.rostrum.contracts.timeline.Fact;
import java.util.Map;

/**
 * What was encoded of a segment after the event.
 *
 * @param renditions by name; what could not be encoded is not among them
 */
record MadeSegment(Map<String, MadeRendition> renditions) {
  static final MadeSegment NOTHING = new MadeSegment(Map.of());

  MadeSegment {
    renditions = Map.copyOf(renditions);
  }

  /**
   * @param description what {@code close} says of it
   * @param key its object
   * @param initHash the init segment it goes with
   * @param init the bytes of that
   */
  record MadeRendition(
      Fact.SegmentRendition description, String key, String initHash, byte[] init) {}
}

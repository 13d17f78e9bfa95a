package io.rostrum.hls;

import java.nio.charset.StandardCharsets;

/**
 * A complete segment of a growing playlist with its text, made once.
 *
 * @param segment the segment
 * @param discontinuitySequence discontinuities before it, its own not counted
 * @param text without parts
 * @param writesMap whether the text names the init segment itself
 */
record SegmentText(
    MediaSegment segment, long discontinuitySequence, byte[] text, boolean writesMap) {
  static SegmentText of(MediaSegment segment, long discontinuitySequence, String previousMap) {
    StringBuilder out = new StringBuilder(128);
    MediaPlaylistWriter.segment(out, segment, previousMap, false);
    return new SegmentText(
        segment,
        discontinuitySequence,
        out.toString().getBytes(StandardCharsets.UTF_8),
        MediaPlaylistWriter.writesMap(segment.discontinuity(), segment.mapUri(), previousMap));
  }

  /** Without the parts, once they are of no use to anybody: a day of them would fill the heap. */
  SegmentText withoutParts() {
    if (segment.parts().isEmpty()) {
      return this;
    }
    MediaSegment bare =
        new MediaSegment(
            segment.uri(),
            segment.duration(),
            segment.discontinuity(),
            segment.programDateTime(),
            segment.mapUri(),
            segment.gap(),
            java.util.List.of());
    return new SegmentText(bare, discontinuitySequence, text, writesMap);
  }

  long micros() {
    return segment.duration().toMicros();
  }
}

package io.rostrum.hls;

import java.util.List;

/**
 * A media playlist as one value.
 *
 * @param settings what never changes
 * @param mediaSequence number of the first segment, also where it is skipped
 * @param discontinuitySequence discontinuities before the first segment
 * @param skipped how many segments a delta update leaves out at the front; 0 for a full playlist
 * @param segments the complete segments that are written
 * @param edge what stands behind them
 */
public record MediaPlaylist(
    PlaylistSettings settings,
    long mediaSequence,
    long discontinuitySequence,
    int skipped,
    List<MediaSegment> segments,
    LiveEdge edge) {
  public MediaPlaylist {
    segments = List.copyOf(segments);
    if (mediaSequence < 0 || discontinuitySequence < 0 || skipped < 0) {
      throw new IllegalArgumentException("sequence numbers of a playlist are not negative");
    }
    if (skipped > 0
        && (edge.endList()
            || settings.serverControl() == null
            || settings.serverControl().canSkipUntil() == null)) {
      throw new IllegalArgumentException(
          "§6.2.5.1: a delta update needs CAN-SKIP-UNTIL and a playlist that has not ended");
    }
    for (MediaSegment segment : segments) {
      requireWithinTarget(settings, segment);
    }
  }

  /** §4.4.3.1: a segment's duration, rounded, is at most the target duration. */
  private static void requireWithinTarget(PlaylistSettings settings, MediaSegment segment) {
    if ((segment.duration().toMicros() + 500_000) / 1_000_000 > settings.targetDurationSeconds()) {
      throw new IllegalArgumentException(
          "§4.4.3.1: a segment of "
              + segment.duration()
              + " is longer than EXT-X-TARGETDURATION "
              + settings.targetDurationSeconds());
    }
  }
}

package io.rostrum.hls;

import java.util.List;

/**
 * What stands behind the complete segments of a media playlist.
 *
 * @param open the incomplete segment; null where none has a part yet
 * @param hints at most one of each type (§6.2.6); none with {@code endList}
 * @param reports one per other rendition; none with {@code endList}
 * @param endList whether nothing more comes (§4.4.3.4)
 */
public record LiveEdge(
    OpenSegment open, List<PreloadHint> hints, List<RenditionReport> reports, boolean endList) {
  /** The end of a playlist that is complete. */
  public static final LiveEdge ENDED = new LiveEdge(null, List.of(), List.of(), true);

  public LiveEdge {
    hints = List.copyOf(hints);
    reports = List.copyOf(reports);
    if (endList && (open != null || !hints.isEmpty())) {
      throw new IllegalArgumentException(
          "§4.4.5.3: a playlist with EXT-X-ENDLIST has no hint, and its last segment is complete");
    }
    if (hints.stream().map(PreloadHint::type).distinct().count() < hints.size()) {
      throw new IllegalArgumentException("§6.2.6: one EXT-X-PRELOAD-HINT per type");
    }
  }
}

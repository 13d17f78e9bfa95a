package io.rostrum.hls.history;

import java.util.List;
import java.util.Map;

/**
 * A media playlist as it was read.
 *
 * @param version EXT-X-VERSION; 1 without
 * @param targetDurationSeconds EXT-X-TARGETDURATION
 * @param partTargetMicros PART-TARGET; 0 without
 * @param serverControl attributes of EXT-X-SERVER-CONTROL; empty without
 * @param type EXT-X-PLAYLIST-TYPE; null without
 * @param iframesOnly whether it lists I-frames
 * @param mediaSequence EXT-X-MEDIA-SEQUENCE, 0 without
 * @param discontinuitySequence EXT-X-DISCONTINUITY-SEQUENCE; -1 without
 * @param skipped SKIPPED-SEGMENTS; 0 for a full playlist
 * @param segments those that are written, in order; the last may be open
 * @param hints URI of EXT-X-PRELOAD-HINT by TYPE
 * @param reports URIs of rendition reports, in order
 * @param endList whether it has EXT-X-ENDLIST
 */
public record ListedPlaylist(
    int version,
    int targetDurationSeconds,
    long partTargetMicros,
    Map<String, String> serverControl,
    String type,
    boolean iframesOnly,
    long mediaSequence,
    long discontinuitySequence,
    int skipped,
    List<ListedSegment> segments,
    Map<String, String> hints,
    List<String> reports,
    boolean endList) {
  public ListedPlaylist {
    serverControl = Map.copyOf(serverControl);
    segments = List.copyOf(segments);
    hints = Map.copyOf(hints);
    reports = List.copyOf(reports);
  }

  /** Reads a playlist. */
  public static ListedPlaylist read(String text) throws MalformedPlaylistException {
    return new PlaylistReader(text).read();
  }

  /** Number of the last segment that is complete; one less than the first without any. */
  public long lastMsn() {
    long count = skipped + segments.stream().filter(segment -> !segment.open()).count();
    return mediaSequence + count - 1;
  }

  /** Parts of the segment that is not complete. */
  public List<ListedPart> openParts() {
    ListedSegment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
    return last == null || !last.open() ? List.of() : last.parts();
  }

  boolean hasParts() {
    return segments.stream().anyMatch(segment -> !segment.parts().isEmpty());
  }

  /** Seconds of an attribute of the server control, in microseconds; -1 without. */
  long controlMicros(String attribute) {
    String seconds = serverControl.get(attribute);
    return seconds == null ? -1 : Math.round(Double.parseDouble(seconds) * 1e6);
  }
}

package io.rostrum.hls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.StringJoiner;

/** Writes media playlists. Pure functions. */
public final class MediaPlaylistWriter {
  /** §8: EXT-X-MAP outside of I-frame playlists. */
  private static final int VERSION = 6;

  /**
   * EXT-X-GAP. §8 of this revision asks for nothing, earlier ones and Apple's list of versions ask
   * for 8, and validators hold to that.
   */
  private static final int VERSION_WITH_GAP = 8;

  /** §8: EXT-X-SKIP. */
  private static final int VERSION_WITH_SKIP = 9;

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private MediaPlaylistWriter() {}

  /** The text of {@code playlist}: UTF-8 without a byte order mark, lines end with LF (§4.1). */
  public static String write(MediaPlaylist playlist) {
    StringBuilder out = new StringBuilder(256 + 96 * playlist.segments().size());
    header(
        out,
        playlist.settings(),
        playlist.mediaSequence(),
        playlist.discontinuitySequence(),
        playlist.segments().stream().anyMatch(MediaSegment::gap),
        playlist.skipped());
    String map = null;
    for (MediaSegment segment : playlist.segments()) {
      // A replay has no parts. They may stay (§6.2.1), but hls.js 1.7.4 takes the last part of each
      // rendition for the end of
      // everything: where audio and video do not end in the same instant, its viewers never see
      // `ended`.
      segment(out, segment, map, !playlist.edge().endList());
      map = segment.mapUri();
    }
    edge(out, playlist.edge(), map);
    return out.toString();
  }

  /** Everything in front of the first segment. */
  static void header(
      StringBuilder out,
      PlaylistSettings settings,
      long mediaSequence,
      long discontinuitySequence,
      boolean gaps,
      int skipped) {
    out.append("#EXTM3U\n"); // §4.4.1.1
    // §4.4.1.2, and not larger than needed (§6.2.1)
    int version = gaps ? VERSION_WITH_GAP : VERSION;
    out.append("#EXT-X-VERSION:").append(skipped > 0 ? VERSION_WITH_SKIP : version).append('\n');
    // §4.4.3.1
    out.append("#EXT-X-TARGETDURATION:").append(settings.targetDurationSeconds()).append('\n');
    if (settings.serverControl() != null) {
      serverControl(out, settings.serverControl());
    }
    if (settings.partTarget() != null) { // §4.4.3.7
      out.append("#EXT-X-PART-INF:PART-TARGET=");
      out.append(seconds(settings.partTarget())).append('\n');
    }
    // §4.4.3.2 and §4.4.3.3: both before the first segment, and before EXT-X-SKIP
    out.append("#EXT-X-MEDIA-SEQUENCE:").append(mediaSequence).append('\n');
    out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuitySequence).append('\n');
    if (settings.type() != null) { // §4.4.3.5
      out.append("#EXT-X-PLAYLIST-TYPE:").append(settings.type()).append('\n');
    }
    if (settings.iframesOnly()) { // §4.4.3.6
      out.append("#EXT-X-I-FRAMES-ONLY\n");
    }
    if (skipped > 0) { // §4.4.5.2
      out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
    }
  }

  private static void serverControl(StringBuilder out, ServerControl control) { // §4.4.3.8
    StringJoiner attributes = new StringJoiner(",", "#EXT-X-SERVER-CONTROL:", "\n");
    if (control.canBlockReload()) {
      attributes.add("CAN-BLOCK-RELOAD=YES");
    }
    if (control.canSkipUntil() != null) {
      attributes.add("CAN-SKIP-UNTIL=" + seconds(control.canSkipUntil()));
    }
    if (control.holdBack() != null) {
      attributes.add("HOLD-BACK=" + seconds(control.holdBack()));
    }
    if (control.partHoldBack() != null) {
      attributes.add("PART-HOLD-BACK=" + seconds(control.partHoldBack()));
    }
    out.append(attributes);
  }

  /**
   * One complete segment. The tags that apply to it come before its first part (§4.4.4.9).
   *
   * @param previousMap the init segment of the segment before; null at the front of a playlist
   */
  static void segment(
      StringBuilder out, MediaSegment segment, String previousMap, boolean withParts) {
    segmentTags(
        out,
        segment.discontinuity(),
        segment.mapUri(),
        previousMap,
        segment.programDateTime(),
        segment.gap());
    if (withParts) {
      parts(out, segment.parts());
    }
    out.append("#EXTINF:"); // §4.4.4.1
    segment.duration().appendSeconds(out);
    out.append(",\n").append(segment.uri()).append('\n');
  }

  private static void segmentTags(
      StringBuilder out,
      boolean discontinuity,
      String map,
      String previousMap,
      Instant programDateTime,
      boolean gap) {
    if (discontinuity) { // §4.4.4.3
      out.append("#EXT-X-DISCONTINUITY\n");
    }
    if (writesMap(discontinuity, map, previousMap)) {
      map(out, map);
    }
    if (programDateTime != null) { // §4.4.4.6
      out.append("#EXT-X-PROGRAM-DATE-TIME:");
      DATE_TIME.formatTo(programDateTime, out);
      out.append('\n');
    }
    if (gap) { // §4.4.4.7
      out.append("#EXT-X-GAP\n");
    }
  }

  /**
   * A map applies until the next one. It is repeated at a discontinuity, so that what stands behind
   * one can be read without what stands before it.
   */
  static boolean writesMap(boolean discontinuity, String map, String previousMap) {
    return map != null && (discontinuity || !map.equals(previousMap));
  }

  static void map(StringBuilder out, String uri) { // §4.4.4.5
    out.append("#EXT-X-MAP:URI=\"").append(uri).append("\"\n");
  }

  private static void parts(StringBuilder out, List<PartialSegment> parts) { // §4.4.4.9
    for (PartialSegment part : parts) {
      out.append("#EXT-X-PART:DURATION=");
      part.duration().appendSeconds(out);
      out.append(",URI=\"").append(part.uri()).append('"');
      if (part.independent()) {
        out.append(",INDEPENDENT=YES");
      }
      if (part.gap()) {
        out.append(",GAP=YES");
      }
      out.append('\n');
    }
  }

  /** Everything behind the last complete segment. */
  static void edge(StringBuilder out, LiveEdge edge, String previousMap) {
    OpenSegment open = edge.open();
    if (open != null && !open.parts().isEmpty()) {
      segmentTags(
          out, open.discontinuity(), open.mapUri(), previousMap, open.programDateTime(), false);
      parts(out, open.parts());
    }
    for (PreloadHint hint : edge.hints()) { // §4.4.5.3
      out.append("#EXT-X-PRELOAD-HINT:TYPE=").append(hint.type());
      out.append(",URI=\"").append(hint.uri()).append("\"\n");
    }
    for (RenditionReport report : edge.reports()) { // §4.4.5.4
      out.append("#EXT-X-RENDITION-REPORT:URI=\"").append(report.uri());
      out.append("\",LAST-MSN=").append(report.lastMsn());
      if (report.lastPart() >= 0) {
        out.append(",LAST-PART=").append(report.lastPart());
      }
      out.append('\n');
    }
    if (edge.endList()) { // §4.4.3.4
      out.append("#EXT-X-ENDLIST\n");
    }
  }

  private static String seconds(Duration duration) {
    StringBuilder text = new StringBuilder(8);
    MediaDuration.appendSeconds(text, duration.toNanos() / 1000);
    return text.toString();
  }
}

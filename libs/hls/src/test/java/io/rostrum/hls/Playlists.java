package io.rostrum.hls;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Playlists for tests. */
final class Playlists {
  static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  static final PlaylistSettings EVENT =
      PlaylistSettings.lowLatency(PlaylistType.EVENT, 6, Duration.ofMillis(500));
  static final PlaylistSettings SLIDING =
      PlaylistSettings.lowLatency(null, 6, Duration.ofMillis(500));

  private Playlists() {}

  static MediaSegment segment(long msn, boolean discontinuity, String map, boolean gap, int parts) {
    return new MediaSegment(
        "source/" + msn + ".m4s",
        new MediaDuration(360_000, 90_000),
        discontinuity,
        START.plusSeconds(4 * msn),
        "source/init-" + map + ".mp4",
        gap,
        gap ? gaps(msn, parts) : parts(msn, parts));
  }

  static List<PartialSegment> gaps(long msn, int count) {
    return parts(msn, count).stream()
        .map(part -> PartialSegment.gap(part.uri(), part.duration()))
        .toList();
  }

  static MediaSegment segment(long msn) {
    return segment(msn, false, "aaaa", false, 8);
  }

  static List<PartialSegment> parts(long msn, int count) {
    List<PartialSegment> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String uri = "source/" + msn + "." + i + ".m4s";
      parts.add(new PartialSegment(uri, MediaDuration.ofMillis(500), i % 4 == 0));
    }
    return parts;
  }

  static LiveEdge edge(long msn, int parts) {
    OpenSegment open =
        parts == 0
            ? null
            : new OpenSegment(
                false, START.plusSeconds(4 * msn), "source/init-aaaa.mp4", parts(msn, parts));
    String next = "source/" + msn + "." + parts + ".m4s";
    return new LiveEdge(
        open,
        List.of(new PreloadHint(PreloadHint.Type.PART, next)),
        List.of(new RenditionReport("audio.m3u8", parts == 0 ? msn - 1 : msn, parts - 1)),
        false);
  }

  static String text(RenderedPlaylist rendered) {
    StringBuilder text = new StringBuilder();
    for (byte[] piece : rendered.plain()) {
      text.append(new String(piece, StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}

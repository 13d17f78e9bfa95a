package io.rostrum.hls.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a media playlist line by line. Strict about what it knows, since that is written by this
 * system; tags that it does not know are passed over (§6.3.1). Limits: {@value #MAX_CHARS}
 * characters, {@value #MAX_LINE} a line.
 */
final class PlaylistReader {
  private static final int MAX_CHARS = 64 << 20;
  private static final int MAX_LINE = 8192;

  /** Tags that stand at most once (§4.4.2, §4.4.3). */
  private static final Set<String> ONCE =
      Set.of(
          "EXT-X-VERSION",
          "EXT-X-TARGETDURATION",
          "EXT-X-MEDIA-SEQUENCE",
          "EXT-X-DISCONTINUITY-SEQUENCE",
          "EXT-X-ENDLIST",
          "EXT-X-PLAYLIST-TYPE",
          "EXT-X-I-FRAMES-ONLY",
          "EXT-X-PART-INF",
          "EXT-X-SERVER-CONTROL",
          "EXT-X-SKIP",
          "EXT-X-INDEPENDENT-SEGMENTS",
          "EXT-X-START");

  private final String text;
  private final Set<String> seen = new HashSet<>();
  private final List<ListedSegment> segments = new ArrayList<>();
  private final Map<String, String> hints = new HashMap<>();
  private final List<String> reports = new ArrayList<>();
  private int line;
  private int version = 1;
  private int targetDuration;
  private long partTarget;
  private Map<String, String> control = Map.of();
  private String type;
  private long mediaSequence;
  private long discontinuitySequence = -1;
  private int skipped;
  private String map;
  private long micros = -1;
  private boolean discontinuity;
  private boolean gap;
  private Instant programDateTime;
  private List<ListedPart> parts = new ArrayList<>();

  PlaylistReader(String text) {
    this.text = text;
  }

  ListedPlaylist read() throws MalformedPlaylistException {
    if (text.length() > MAX_CHARS) {
      throw new MalformedPlaylistException(0, "longer than " + MAX_CHARS + " characters");
    }
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int stop = end < 0 ? text.length() : end;
      line++;
      if (stop - at > MAX_LINE) {
        throw malformed("longer than " + MAX_LINE + " characters");
      }
      String content = text.substring(at, stop);
      if (line == 1 && !"#EXTM3U".equals(content)) {
        throw malformed("§4.4.1.1: the first line is #EXTM3U");
      }
      line(content);
      at = stop + 1;
    }
    if (!seen.contains("EXT-X-TARGETDURATION")) {
      throw malformed("§4.4.3.1: no EXT-X-TARGETDURATION");
    }
    if (micros >= 0) {
      throw malformed("§4.4.4.1: EXTINF without a URI");
    }
    if (!parts.isEmpty()) {
      segment(null, 0);
    }
    return new ListedPlaylist(
        version,
        targetDuration,
        partTarget,
        control,
        type,
        seen.contains("EXT-X-I-FRAMES-ONLY"),
        mediaSequence,
        discontinuitySequence,
        skipped,
        segments,
        hints,
        reports,
        seen.contains("EXT-X-ENDLIST"));
  }

  private void line(String content) throws MalformedPlaylistException {
    if (content.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0xfeff)) {
      throw malformed("§4.1: a control character or a byte order mark");
    }
    if (content.startsWith("#EXT")) {
      int colon = content.indexOf(':');
      String name = content.substring(1, colon < 0 ? content.length() : colon);
      if (!seen.add(name) && ONCE.contains(name)) {
        throw malformed("§4.4: a second " + name);
      }
      try {
        tag(name, colon < 0 ? "" : content.substring(colon + 1));
      } catch (NumberFormatException | DateTimeException e) {
        throw new MalformedPlaylistException(line, "value of " + name, e);
      }
    } else if (!content.isEmpty() && content.charAt(0) != '#') {
      if (micros < 0) {
        throw malformed("§4.4.4.1: a URI without EXTINF");
      }
      segment(content, micros);
    }
  }

  private void segment(String uri, long duration) {
    segments.add(
        new ListedSegment(
            mediaSequence + skipped + segments.size(),
            uri,
            duration,
            discontinuity,
            programDateTime,
            map,
            gap,
            parts));
    parts = new ArrayList<>();
    micros = -1;
    discontinuity = false;
    gap = false;
    programDateTime = null;
  }

  private void tag(String name, String value) throws MalformedPlaylistException {
    switch (name) {
      case "EXT-X-VERSION" -> version = Integer.parseInt(value);
      case "EXT-X-TARGETDURATION" -> targetDuration = Integer.parseInt(value);
      case "EXT-X-MEDIA-SEQUENCE" -> mediaSequence = beforeSegments(name, Long.parseLong(value));
      case "EXT-X-DISCONTINUITY-SEQUENCE" ->
          discontinuitySequence = beforeSegments(name, Long.parseLong(value));
      case "EXT-X-PLAYLIST-TYPE" -> type = value;
      case "EXT-X-SERVER-CONTROL" -> control = attributes(value);
      case "EXT-X-PART-INF" -> partTarget = micros(required(attributes(value), "PART-TARGET"));
      case "EXT-X-SKIP" ->
          skipped =
              (int)
                  beforeSegments(
                      name, Integer.parseInt(required(attributes(value), "SKIPPED-SEGMENTS")));
      case "EXT-X-MAP" -> map = required(attributes(value), "URI");
      case "EXT-X-PROGRAM-DATE-TIME" -> {
        beforeParts(name);
        programDateTime = OffsetDateTime.parse(value).toInstant();
      }
      case "EXT-X-DISCONTINUITY" -> {
        beforeParts(name);
        discontinuity = true;
      }
      case "EXT-X-GAP" -> gap = true;
      case "EXTINF" -> {
        int comma = value.indexOf(',');
        if (comma < 0) {
          throw malformed("§4.4.4.1: EXTINF without a comma");
        }
        micros = micros(value.substring(0, comma));
      }
      case "EXT-X-PART" -> part(attributes(value));
      case "EXT-X-PRELOAD-HINT" -> {
        Map<String, String> hint = attributes(value);
        if (hints.put(required(hint, "TYPE"), required(hint, "URI")) != null) {
          throw malformed("§6.2.6: two hints of one type");
        }
      }
      case "EXT-X-RENDITION-REPORT" -> {
        Map<String, String> report = attributes(value);
        Long.parseLong(required(report, "LAST-MSN"));
        reports.add(required(report, "URI"));
      }
      default -> {
        // Not for this reader.
      }
    }
  }

  private void part(Map<String, String> part) throws MalformedPlaylistException {
    parts.add(
        new ListedPart(
            required(part, "URI"),
            micros(required(part, "DURATION")),
            "YES".equals(part.get("INDEPENDENT")),
            "YES".equals(part.get("GAP"))));
  }

  /** §4.4.3.2, §4.4.3.3: sequence numbers stand before the first segment. */
  private long beforeSegments(String name, long value) throws MalformedPlaylistException {
    if (!segments.isEmpty() || !parts.isEmpty() || value < 0) {
      throw malformed("§4.4.3: " + name + " behind a segment, or negative");
    }
    return value;
  }

  /** §4.4.4.9: what applies to a segment stands before its first part. */
  private void beforeParts(String name) throws MalformedPlaylistException {
    if (!parts.isEmpty()) {
      throw malformed("§4.4.4.9: " + name + " behind the first part of its segment");
    }
  }

  /** An attribute list (§4.2): names once, quoted strings without their quotes. */
  private Map<String, String> attributes(String list) throws MalformedPlaylistException {
    Map<String, String> attributes = new HashMap<>();
    int at = 0;
    while (at < list.length()) {
      int equals = list.indexOf('=', at);
      if (equals < 0) {
        throw malformed("§4.2: an attribute without a value");
      }
      String name = list.substring(at, equals);
      boolean quoted = equals + 1 < list.length() && list.charAt(equals + 1) == '"';
      int start = quoted ? equals + 2 : equals + 1;
      int end = list.indexOf(quoted ? '"' : ',', start);
      if (end < 0) {
        if (quoted) {
          throw malformed("§4.2: a quoted string without its end");
        }
        end = list.length();
      }
      if (attributes.put(name, list.substring(start, end)) != null) {
        throw malformed("§4.2: a second attribute " + name);
      }
      at = quoted ? end + 1 : end;
      if (at < list.length() && list.charAt(at) != ',') {
        throw malformed("§4.2: no comma behind an attribute");
      }
      at++;
    }
    return attributes;
  }

  private String required(Map<String, String> attributes, String name)
      throws MalformedPlaylistException {
    String value = attributes.get(name);
    if (value == null) {
      throw malformed("no attribute " + name);
    }
    return value;
  }

  private static long micros(String seconds) {
    double value = Double.parseDouble(seconds);
    if (!(value >= 0 && value < 1e9)) {
      throw new NumberFormatException("not a duration: " + seconds);
    }
    return Math.round(value * 1e6);
  }

  private MalformedPlaylistException malformed(String message) {
    return new MalformedPlaylistException(line, message);
  }
}

package io.rostrum.playback.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A satisfiable range of bytes (RFC 9110 §14).
 *
 * @param offset first byte
 * @param length number of bytes
 */
record ByteRange(long offset, long length) {
  private static final Pattern SPEC = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

  /** What a Range header asks for. */
  enum Kind {
    /** The whole: no header, another unit, several ranges, or one that cannot be read. */
    WHOLE,
    /** One range. */
    PARTIAL,
    /** Outside of the representation: 416. */
    UNSATISFIABLE
  }

  /**
   * The outcome of reading a header.
   *
   * @param kind what it asks for
   * @param range for {@link Kind#PARTIAL}, null otherwise
   */
  record Parsed(Kind kind, ByteRange range) {}

  private static final Parsed WHOLE = new Parsed(Kind.WHOLE, null);
  private static final Parsed UNSATISFIABLE = new Parsed(Kind.UNSATISFIABLE, null);

  /**
   * @param header null for none
   * @param total size of the representation
   */
  static Parsed parse(String header, long total) {
    if (header == null || !header.startsWith("bytes=") || header.indexOf(',') >= 0) {
      return WHOLE;
    }
    Matcher spec = SPEC.matcher(header.substring("bytes=".length()).strip());
    if (!spec.matches()) {
      // RFC 9110 §14.2: a field that cannot be read is ignored.
      return WHOLE;
    }
    if (spec.group(1).isEmpty()) {
      return spec.group(2).isEmpty() ? WHOLE : suffix(Long.parseLong(spec.group(2)), total);
    }
    long first = Long.parseLong(spec.group(1));
    long last =
        spec.group(2).isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(spec.group(2)));
    if (first >= total) {
      return UNSATISFIABLE;
    }
    return last < first ? WHOLE : new Parsed(Kind.PARTIAL, new ByteRange(first, last - first + 1));
  }

  private static Parsed suffix(long count, long total) {
    long length = Math.min(total, count);
    return length == 0
        ? UNSATISFIABLE
        : new Parsed(Kind.PARTIAL, new ByteRange(total - length, length));
  }
}

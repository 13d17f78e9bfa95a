package io.rostrum.playback.http;

/**
 * A satisfiable range of bytes (RFC 9110 §14).
 *
 * @param offset first byte
 * @param length number of bytes
 */
record ByteRange(long offset, long length) {
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
    String spec = header.substring("bytes=".length()).strip();
    int dash = spec.indexOf('-');
    if (dash < 0 || spec.length() > 40) {
      return WHOLE;
    }
    try {
      if (dash == 0) {
        long suffix = Math.min(total, Long.parseLong(spec.substring(1)));
        return suffix <= 0
            ? UNSATISFIABLE
            : new Parsed(Kind.PARTIAL, new ByteRange(total - suffix, suffix));
      }
      long first = Long.parseLong(spec.substring(0, dash));
      String end = spec.substring(dash + 1);
      long last = end.isEmpty() ? total - 1 : Math.min(total - 1, Long.parseLong(end));
      if (first >= total) {
        return UNSATISFIABLE;
      }
      return last < first
          ? WHOLE
          : new Parsed(Kind.PARTIAL, new ByteRange(first, last - first + 1));
    } catch (NumberFormatException expected) {
      // RFC 9110 §14.2: a field that cannot be read is ignored.
      return WHOLE;
    }
  }
}

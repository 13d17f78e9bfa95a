package io.rostrum.hls;

/** What a URI must not contain to stand in a playlist. */
final class Uris {
  private Uris() {}

  /** §4.2: a quoted string holds neither line feed, carriage return nor double quote. */
  static void require(String uri) {
    if (uri == null || uri.isEmpty()) {
      throw new IllegalArgumentException("a URI in a playlist is not empty");
    }
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c == '"' || c == 0x7f) {
        throw new IllegalArgumentException("a URI in a playlist holds no such character: " + uri);
      }
    }
  }
}

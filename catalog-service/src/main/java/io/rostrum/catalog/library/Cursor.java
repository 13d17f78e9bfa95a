package io.rostrum.catalog.library;

import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.contracts.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * The last broadcast of a page, from which the next page goes on. Pages neither repeat nor leave
 * out a broadcast when others are created meanwhile.
 *
 * @param createdAt its creation
 * @param id decides between broadcasts of the same microsecond
 */
record Cursor(Instant createdAt, String id) {
  String encode() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + "." + id).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @throws ProblemException 400 unless it is the cursor of a former answer
   */
  static Cursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      int dot = plain.indexOf('.');
      long micros = Long.parseLong(plain.substring(0, Math.max(dot, 0)));
      String id = plain.substring(dot + 1);
      // Beyond this Postgres has no timestamps.
      if (Ids.isId(id) && Math.abs(micros) < 1L << 57) {
        return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), id);
      }
    } catch (IllegalArgumentException expected) {
      // Not Base64 or not a number: refused below like any other wrong cursor.
    }
    throw ProblemException.ofField(
        "cursor", "must be 'nextCursor' of a former answer; leave it out to start anew");
  }
}

package io.rostrum.playback.http;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client would rather wait than hear that there is nothing yet: RFC 7240 §4.3. */
final class Patience {
  // Longer numbers than anybody waits are none.
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,4})\"?\\s*(?=[,;]|$)", Pattern.CASE_INSENSITIVE);

  private Patience() {}

  /**
   * The first {@code wait} of all; zero where there is none.
   *
   * @param prefer the values of the request's {@code Prefer} fields
   */
  static Duration in(List<String> prefer) {
    for (String preferences : prefer) {
      Matcher wait = WAIT.matcher(preferences);
      if (wait.find()) {
        return Duration.ofSeconds(Long.parseLong(wait.group(1)));
      }
    }
    return Duration.ZERO;
  }
}

package io.rostrum.playback.http;

import io.quarkus.runtime.Startup;
import io.rostrum.playback.config.PlaybackConfig;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whose pages may frame the watch page, and whose scripts may read media. Immutable.
 *
 * <p>Media is open to all by default: no answer depends on ambient credentials, since cross-origin
 * requests carry no cookie, so a script reads what its server could read as well.
 */
@Startup // what is set wrong is said at once
@ApplicationScoped
public class Embedding {
  private static final String ANY = "*";
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:]+])(?::[0-9]{1,5})?");

  private final String frameAncestors;
  private final List<String> mediaOrigins;

  /**
   * @param config has the origins
   */
  public Embedding(PlaybackConfig config) {
    List<String> pages =
        checked("page-origins", config.embed().pageOrigins().orElse(List.of()), false);
    this.frameAncestors = String.join(" ", "'self'", String.join(" ", pages)).strip();
    this.mediaOrigins = checked("media-origins", config.embed().mediaOrigins(), true);
  }

  private static List<String> checked(String key, List<String> origins, boolean any) {
    List<String> lower = origins.stream().map(o -> o.strip().toLowerCase(Locale.ROOT)).toList();
    for (String origin : lower) {
      if (!ORIGIN.matcher(origin).matches() && !(any && origin.equals(ANY))) {
        throw new IllegalStateException(
            "rostrum.playback.embed."
                + key
                + " has '"
                + origin
                + "', which is no origin: write https://intranet.example.com, with the port if it"
                + " is not the usual one, and without a path");
      }
    }
    return lower;
  }

  /** The sources of CSP's frame-ancestors. */
  public String frameAncestors() {
    return frameAncestors;
  }

  /**
   * Says to a browser whether scripts of the asking page may read the answer (Fetch, "CORS
   * protocol").
   *
   * @param origin of the request; null for none
   */
  void allow(String origin, MultiMap response) {
    if (mediaOrigins.contains(ANY)) {
      response.set("Access-Control-Allow-Origin", ANY);
      return;
    }
    // A cache must not give one page what was allowed to another.
    response.add("Vary", "Origin");
    if (origin != null && mediaOrigins.contains(origin.toLowerCase(Locale.ROOT))) {
      response.set("Access-Control-Allow-Origin", origin);
    }
  }
}

package io.rostrum.localstack.edge;

import java.net.URI;

/**
 * Where a request goes.
 *
 * @param backend the service, by the name that {@code ./rostrum} has for it
 * @param address its address
 */
record Route(String backend, URI address) {

  /**
   * Chooses by path: {@code /api} is the catalog, {@code /whip} is ingest, everything else, media
   * and the web app, is playback.
   */
  static Route of(EdgeConfig config, String path) {
    if (isUnder(path, "/api")) {
      return new Route("catalog", config.catalog());
    }
    if (isUnder(path, "/whip")) {
      return new Route("ingest", config.ingest());
    }
    return new Route("playback", config.playback());
  }

  /** Health, metrics and the developers' pages of the services, which stay inside. */
  static boolean isInternal(String path) {
    return isUnder(path, "/q");
  }

  private static boolean isUnder(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }
}

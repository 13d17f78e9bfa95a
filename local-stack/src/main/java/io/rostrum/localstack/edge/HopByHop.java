package io.rostrum.localstack.edge;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Header fields that concern one connection only and are not forwarded: RFC 9110 §7.6.1. */
final class HopByHop {

  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  /** Copies all fields that are meant for the other end. */
  static void copyOthers(MultiMap from, MultiMap to) {
    List<String> named =
        from.getAll("Connection").stream()
            .flatMap(value -> List.of(value.split(",")).stream())
            .map(name -> name.trim().toLowerCase(Locale.ROOT))
            .toList();
    from.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          // ":" are the pseudo-fields of HTTP/2.
          if (!lower.startsWith(":") && !NAMES.contains(lower) && !named.contains(lower)) {
            to.add(name, value);
          }
        });
  }
}

package io.rostrum.playback.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cache headers and conditional requests. */
final class Caching {
  /** Of a URL that will never mean anything else. */
  static final String IMMUTABLE = "max-age=31536000, immutable";

  private static final Pattern WEIGHT = Pattern.compile("[qQ]=([01](?:\\.[0-9]{0,3})?)");

  private Caching() {}

  /**
   * What only some may see is for the browser's own cache. An edge that checks tokens itself may
   * keep it anyway; see deploy.
   */
  static String scope(boolean openToAll, String directives) {
    return (openToAll ? "public, " : "private, ") + directives;
  }

  /** Whether the client has this representation already (RFC 9110 §13.1.2). */
  static boolean notModified(HttpServerRequest request, String etag) {
    String known = request.getHeader("If-None-Match");
    if (known == null) {
      return false;
    }
    for (String candidate : known.split(",")) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether gzip is accepted, and nothing else preferred (RFC 9110 §12.5.3): without its own weight
   * it has that of {@code *}, and the plain form is for those who say so.
   *
   * @param accepted the Accept-Encoding header; null for none
   */
  static boolean acceptsGzip(String accepted) {
    if (accepted == null) {
      return false;
    }
    double gzip = -1;
    double any = 0;
    double identity = 0;
    for (String coding : accepted.split(",")) {
      int semicolon = coding.indexOf(';');
      String name = (semicolon < 0 ? coding : coding.substring(0, semicolon)).strip();
      double weight = semicolon < 0 ? 1 : weight(coding.substring(semicolon + 1));
      if (name.equalsIgnoreCase("gzip")) {
        gzip = weight;
      } else if (name.equals("*")) {
        any = weight;
      } else if (name.equalsIgnoreCase("identity")) {
        identity = weight;
      }
    }
    double ofGzip = gzip < 0 ? any : gzip;
    return ofGzip > 0 && ofGzip >= identity;
  }

  /** §12.4.2; 0 for what is none. */
  private static double weight(String parameter) {
    Matcher weight = WEIGHT.matcher(parameter.strip());
    return weight.matches() ? Double.parseDouble(weight.group(1)) : 0;
  }
}

package io.rostrum.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.IntPredicate;

/** Says whether a program can be used by those who depend on it. */
@FunctionalInterface
public interface Readiness {

  /**
   * Asks once, in about a second at most.
   *
   * @throws IOException if it is not ready yet; the message says what is missing
   */
  void check() throws IOException;

  /** Ready when an HTTP GET is answered with a status that the predicate accepts. */
  static Readiness http(String url, IntPredicate status) {
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      connection.setInstanceFollowRedirects(false);
      try {
        int answer = connection.getResponseCode();
        drain(connection);
        if (!status.test(answer)) {
          throw new IOException(url + " answers " + answer);
        }
      } finally {
        connection.disconnect();
      }
    };
  }

  private static void drain(HttpURLConnection connection) throws IOException {
    InputStream body = connection.getErrorStream();
    if (body == null && connection.getResponseCode() < 400) {
      body = connection.getInputStream();
    }
    if (body != null) {
      try (InputStream in = body) {
        in.readAllBytes();
      }
    }
  }
}

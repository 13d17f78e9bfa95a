package io.rostrum.localstack.edge;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the edge is told by its environment.
 *
 * @param host the address it listens on
 * @param port the port of HTTP/1.1 in clear text
 * @param tlsPort the port of TLS, HTTP/2 and HTTP/1.1
 * @param keyStore PKCS #12 with the certificate
 * @param keyStorePassword its password
 * @param ingest address of ingest-service
 * @param catalog address of catalog-service
 * @param playback address of playback-service
 */
record EdgeConfig(
    String host,
    int port,
    int tlsPort,
    Path keyStore,
    String keyStorePassword,
    URI ingest,
    URI catalog,
    URI playback) {

  static EdgeConfig of(Map<String, String> environment) {
    return new EdgeConfig(
        required(environment, "ROSTRUM_EDGE_HOST"),
        Integer.parseInt(required(environment, "ROSTRUM_EDGE_PORT")),
        Integer.parseInt(required(environment, "ROSTRUM_EDGE_TLS_PORT")),
        Path.of(required(environment, "ROSTRUM_EDGE_KEYSTORE")),
        required(environment, "ROSTRUM_EDGE_KEYSTORE_PASSWORD"),
        URI.create(required(environment, "ROSTRUM_EDGE_INGEST")),
        URI.create(required(environment, "ROSTRUM_EDGE_CATALOG")),
        URI.create(required(environment, "ROSTRUM_EDGE_PLAYBACK")));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("The edge needs " + name + " in its environment");
    }
    return value;
  }

  @Override
  public String toString() {
    return "EdgeConfig[" + host + ":" + port + "," + tlsPort + "]";
  }
}

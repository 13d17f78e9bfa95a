package io.rostrum.localstack.launcher;

import java.util.LinkedHashMap;
import java.util.Map;

/** The addresses of a stack by name, as scripts find them in {@code stack.json}. */
final class Addresses {

  private Addresses() {}

  static Map<String, String> of(Network network) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("web", network.publicUrl());
    addresses.put("webTls", network.publicTlsUrl());
    addresses.put("api", network.publicUrl() + "/api/v1");
    addresses.put("whip", network.publicUrl() + "/whip");
    addresses.put("rtmp", network.rtmpUrl());
    addresses.put("rtmps", network.rtmpsUrl());
    for (String service : new String[] {"ingest", "transcode", "catalog", "playback"}) {
      addresses.put(service, ofProcess(network, service));
    }
    addresses.put("keycloak", network.keycloakUrl());
    addresses.put("oidc", network.realmUrl());
    addresses.put("kafka", ofProcess(network, "kafka"));
    addresses.put("postgres", ofProcess(network, "postgres"));
    addresses.put("s3", ofProcess(network, "s3"));
    return addresses;
  }

  /** The main address of a process; null for one that nobody connects to. */
  static String ofProcess(Network network, String process) {
    return switch (process) {
      case "edge" -> network.publicUrl();
      case "ingest" -> network.localUrl(StackPort.INGEST);
      case "transcode" -> network.localUrl(StackPort.TRANSCODE);
      case "catalog" -> network.localUrl(StackPort.CATALOG);
      case "playback" -> network.localUrl(StackPort.PLAYBACK);
      case "keycloak" -> network.keycloakUrl();
      case "kafka" -> "127.0.0.1:" + network.port(StackPort.KAFKA);
      case "postgres" ->
          "jdbc:postgresql://127.0.0.1:" + network.port(StackPort.POSTGRES) + "/rostrum";
      case "s3" -> "http://127.0.0.1:" + network.port(StackPort.S3);
      default -> null;
    };
  }
}

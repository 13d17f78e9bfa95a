package io.rostrum.localstack.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The table at the end of {@code up}: where everything is, and as whom to sign in. */
final class Summary {

  private final StackLayout layout;
  private final Console console;

  Summary(StackLayout layout, Console console) {
    this.layout = layout;
    this.console = console;
  }

  void print(boolean demo) throws IOException {
    Network network = layout.network();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Web", network.publicUrl() + "   " + network.publicTlsUrl() + " (HTTP/2)"));
    rows.add(
        List.of("API", network.publicUrl() + "/api/v1   " + network.publicUrl() + "/api/openapi"));
    rows.add(
        List.of("RTMP", network.rtmpUrl() + "/STREAM_KEY   " + network.rtmpsUrl() + "/STREAM_KEY"));
    rows.add(List.of("WHIP", network.publicUrl() + "/whip/BROADCAST   or go live in the studio"));
    rows.add(
        List.of(
            "Services",
            "ingest "
                + network.localUrl(StackPort.INGEST)
                + "   transcode "
                + network.localUrl(StackPort.TRANSCODE)));
    rows.add(
        List.of(
            "",
            "catalog "
                + network.localUrl(StackPort.CATALOG)
                + "   playback "
                + network.localUrl(StackPort.PLAYBACK)));
    rows.add(List.of("Keycloak", network.keycloakUrl()));
    rows.add(List.of("Kafka", Addresses.ofProcess(network, "kafka")));
    rows.add(List.of("Postgres", Addresses.ofProcess(network, "postgres")));
    rows.add(List.of("S3", Addresses.ofProcess(network, "s3")));
    rows.add(
        List.of(
            "Sign in", "admin, producer, alice (group staff) or bob; the password is the name"));
    rows.add(List.of("Data", layout.data().root() + "   secrets in secrets.properties"));
    console.say("");
    console.say("Rostrum is up.");
    console.table(rows);
    if (demo) {
      console.say("");
      console.say("Watch the demo: " + new DemoBroadcast(layout).watchUrl());
    }
    console.say("");
  }
}

package io.rostrum.localstack.launcher;

import io.rostrum.localstack.demo.DemoProgram;
import io.rostrum.localstack.kafka.KafkaBroker;
import io.rostrum.localstack.kafka.KafkaTopics;
import io.rostrum.localstack.kafka.RostrumTopics;
import io.rostrum.localstack.keycloak.KeycloakServer;
import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.postgres.PostgresServer;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All processes of a stack, in the order they are listed in. */
final class StackLayout {

  /** The processes that are not Rostrum's own. */
  static final List<String> INFRASTRUCTURE = List.of("postgres", "kafka", "s3", "keycloak");

  /** The processes of {@code up}, without the demo publisher. */
  static final List<String> SERVICES =
      List.of("ingest", "transcode", "catalog", "playback", "edge");

  static final String DEMO = "demo";

  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, Component> components = new LinkedHashMap<>();
  private final DataDirectory data;
  private final Network network;

  StackLayout(Path checkout, Parts parts, DataDirectory data, Network network, Secrets secrets) {
    this.data = data;
    this.network = network;
    PostgresServer postgres =
        new PostgresServer(
            parts,
            data.of("postgres"),
            LOOPBACK,
            network.port(StackPort.POSTGRES),
            secrets.get("postgres.password"),
            true);
    KafkaBroker kafka =
        new KafkaBroker(
            parts,
            data.of("kafka"),
            LOOPBACK,
            network.port(StackPort.KAFKA),
            network.port(StackPort.KAFKA_CONTROLLER),
            320,
            JavaCommand.quickFromTheStart());
    S3Server s3 =
        new S3Server(
            parts,
            data.of("s3"),
            LOOPBACK,
            network.port(StackPort.S3),
            secrets.get("s3.access-key"),
            secrets.get("s3.secret-key"));
    KeycloakServer keycloak =
        new KeycloakServer(
            parts,
            data.of("keycloak"),
            network.bind(),
            network.port(StackPort.KEYCLOAK),
            network.keycloakUrl(),
            network.publicUrl(),
            network.publicTlsUrl(),
            secrets.get("keycloak.admin.password"));
    add("postgres", Set.of(), postgres::prepare, postgres::program, Component.NOTHING);
    add(
        "kafka",
        Set.of(),
        kafka::prepare,
        kafka::program,
        () -> KafkaTopics.create(kafka.bootstrapServers(), RostrumTopics.all()));
    add("s3", Set.of(), s3::prepare, s3::program, Component.NOTHING);
    add(
        "keycloak",
        Set.of(),
        keycloak::prepare,
        () -> keycloak.program(network.localUrl(StackPort.KEYCLOAK)),
        Component.NOTHING);

    ServicePrograms services =
        new ServicePrograms(checkout, data, network, secrets, postgres, kafka, s3);
    TlsKeyStore keyStore = new TlsKeyStore(data, network, secrets.get("tls.keystore.password"));
    // OIDC is asked for when the first token comes: nothing waits for Keycloak to start.
    add("ingest", Set.of("kafka"), keyStore::create, services::ingest, Component.NOTHING);
    add("transcode", Set.of("kafka", "s3"), services::transcode);
    add("catalog", Set.of("postgres", "kafka"), services::catalog);
    add("playback", Set.of("kafka", "s3"), services::playback);
    EdgeProgram edge = new EdgeProgram(checkout, parts, data, network, keyStore);
    add("edge", Set.of(), keyStore::create, edge::program, Component.NOTHING);
    add(
        DEMO,
        Set.of("ingest", "transcode", "catalog", "playback", "edge", "keycloak"),
        Component.NOTHING,
        () -> DemoProgram.of(checkout, data.of(DEMO)),
        Component.NOTHING);
  }

  Component component(String name) {
    return components.get(name);
  }

  /** All that {@code up} starts. */
  static List<String> processes(boolean infraOnly) {
    return infraOnly
        ? INFRASTRUCTURE
        : Stream.concat(INFRASTRUCTURE.stream(), SERVICES.stream()).toList();
  }

  DataDirectory data() {
    return data;
  }

  Network network() {
    return network;
  }

  private void add(String name, Set<String> needs, Component.ProgramSource program) {
    add(name, needs, Component.NOTHING, program, Component.NOTHING);
  }

  private void add(
      String name,
      Set<String> needs,
      Component.Step prepare,
      Component.ProgramSource program,
      Component.Step afterReady) {
    components.put(
        name,
        new Component(
            name, needs, prepare, () -> withTemporaryDirectory(program.get()), afterReady));
  }

  /** Keeps temporary files of killed processes out of the system's directory. */
  private Program withTemporaryDirectory(Program program) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(program.environment());
    environment.put("TMPDIR", data.temporary().toString());
    environment.merge(
        "JDK_JAVA_OPTIONS",
        "-Djava.io.tmpdir=\"" + data.temporary() + "\"",
        (given, more) -> given + " " + more);
    return new Program(
        program.name(),
        program.command(),
        environment,
        program.directory(),
        program.readiness(),
        program.readyWithin(),
        program.stopSignal(),
        program.stopWithin());
  }
}

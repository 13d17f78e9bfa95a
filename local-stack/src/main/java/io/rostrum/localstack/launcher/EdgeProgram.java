package io.rostrum.localstack.launcher;

import io.rostrum.localstack.parts.OwnJar;
import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the launcher runs the edge. */
record EdgeProgram(
    Path checkout, Parts parts, DataDirectory data, Network network, TlsKeyStore keyStore) {

  Program program() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(128));
    command.addAll(
        List.of(
            // Vert.x would unpack files of the class path that the edge does not have.
            "-Dvertx.disableFileCPResolving=true",
            "-cp",
            OwnJar.path() + File.pathSeparator + parts.classPath("edge"),
            "io.rostrum.localstack.edge.EdgeMain"));
    Map<String, String> environment =
        Map.of(
            "ROSTRUM_EDGE_HOST", network.bind(),
            "ROSTRUM_EDGE_PORT", Integer.toString(network.port(StackPort.EDGE)),
            "ROSTRUM_EDGE_TLS_PORT", Integer.toString(network.port(StackPort.EDGE_TLS)),
            "ROSTRUM_EDGE_KEYSTORE", keyStore.file().toString(),
            "ROSTRUM_EDGE_KEYSTORE_PASSWORD", keyStore.password(),
            "ROSTRUM_EDGE_INGEST", network.localUrl(StackPort.INGEST),
            "ROSTRUM_EDGE_CATALOG", network.localUrl(StackPort.CATALOG),
            "ROSTRUM_EDGE_PLAYBACK", network.localUrl(StackPort.PLAYBACK));
    String health = network.localUrl(StackPort.EDGE) + "/edge/health";
    return Program.of(
        "edge",
        command,
        environment,
        Files.createDirectories(data.of("edge")),
        Readiness.http(health, status -> status == 200),
        Duration.ofSeconds(60));
  }
}

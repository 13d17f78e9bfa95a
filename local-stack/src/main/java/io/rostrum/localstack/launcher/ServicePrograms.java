package io.rostrum.localstack.launcher;

import io.rostrum.localstack.kafka.KafkaBroker;
import io.rostrum.localstack.postgres.PostgresServer;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The four services as the build packed them, with the environment that connects them to this
 * stack.
 */
final class ServicePrograms {

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final Path checkout;
  private final DataDirectory data;
  private final Network network;
  private final Secrets secrets;
  private final PostgresServer postgres;
  private final KafkaBroker kafka;
  private final S3Server s3;

  ServicePrograms(
      Path checkout,
      DataDirectory data,
      Network network,
      Secrets secrets,
      PostgresServer postgres,
      KafkaBroker kafka,
      S3Server s3) {
    this.checkout = checkout;
    this.data = data;
    this.network = network;
    this.secrets = secrets;
    this.postgres = postgres;
    this.kafka = kafka;
    this.s3 = s3;
  }

  Program ingest() throws IOException {
    Map<String, String> environment = common(StackPort.INGEST);
    environment.put("ROSTRUM_INGEST_RTMP_HOST", network.bind());
    environment.put("ROSTRUM_INGEST_RTMP_PORT", port(StackPort.RTMP));
    environment.put("ROSTRUM_INGEST_RTMPS_PORT", port(StackPort.RTMPS));
    environment.put(
        "ROSTRUM_INGEST_RTMPS_KEYSTORE", data.of("tls").resolve("server.p12").toString());
    environment.put("ROSTRUM_INGEST_RTMPS_KEYSTORE_PASSWORD", secrets.get("tls.keystore.password"));
    // Whoever says "down" at a keyboard does not want to wait for publishers to leave.
    environment.put("ROSTRUM_INGEST_DRAIN_TIMEOUT", "1s");
    environment.put("ROSTRUM_INGEST_WEBRTC_HOST", network.bind());
    environment.put("ROSTRUM_INGEST_WEBRTC_PORT", port(StackPort.WEBRTC));
    // Class loading for the first publisher takes as much as media does.
    List<String> options = JavaCommand.roomForYoung(32);
    return program("ingest", StackPort.INGEST, 192, options, environment);
  }

  Program transcode() throws IOException {
    Map<String, String> environment = common(StackPort.TRANSCODE);
    objectStore(environment);
    environment.put(
        "ROSTRUM_TRANSCODE_WORKER_HOME", checkout.resolve("codec-worker/target/worker").toString());
    // Segments of some seconds, several times over.
    List<String> options = JavaCommand.roomForYoung(64);
    return program("transcode", StackPort.TRANSCODE, 320, options, environment);
  }

  Program catalog() throws IOException {
    Map<String, String> environment = common(StackPort.CATALOG);
    objectStore(environment);
    signIn(environment);
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    environment.put("ROSTRUM_PLAYBACK_SECRET", secrets.get("playback.secret"));
    return program("catalog", StackPort.CATALOG, 224, List.of(), environment);
  }

  Program playback() throws IOException {
    Map<String, String> environment = common(StackPort.PLAYBACK);
    objectStore(environment);
    signIn(environment);
    environment.put("ROSTRUM_PLAYBACK_SECRET", secrets.get("playback.secret"));
    environment.put("ROSTRUM_PLAYBACK_SPOOL_DIR", data.of("playback").resolve("spool").toString());
    return program("playback", StackPort.PLAYBACK, 384, List.of(), environment);
  }

  private Map<String, String> common(StackPort http) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_HTTP_HOST", network.bind());
    environment.put("QUARKUS_HTTP_PORT", port(http));
    // The launcher asks for health several times a second until it is good: no news.
    environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
    environment.put("ROSTRUM_NODE", "local");
    environment.put("ROSTRUM_PUBLIC_URL", network.publicUrl());
    environment.put("ROSTRUM_RTMP_URL", network.rtmpUrl());
    environment.put("ROSTRUM_RTMPS_URL", network.rtmpsUrl());
    return environment;
  }

  private void objectStore(Map<String, String> environment) {
    environment.put("ROSTRUM_S3_ENDPOINT", s3.endpoint());
    environment.put("ROSTRUM_S3_ACCESS_KEY", s3.accessKey());
    environment.put("ROSTRUM_S3_SECRET_KEY", s3.secretKey());
    environment.put("ROSTRUM_S3_BUCKET", S3Server.BUCKET);
  }

  private void signIn(Map<String, String> environment) {
    environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", network.realmUrl());
    environment.put("QUARKUS_OIDC_CLIENT_ID", "rostrum-web");
    environment.put("ROSTRUM_OIDC_AUTHORITY", network.realmUrl());
    environment.put("ROSTRUM_OIDC_CLIENT_ID", "rostrum-web");
  }

  private String port(StackPort port) {
    return Integer.toString(network.port(port));
  }

  private Program program(
      String name,
      StackPort http,
      int heapMib,
      List<String> options,
      Map<String, String> environment)
      throws IOException {
    Path jar = checkout.resolve(name + "-service/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " does not exist: ./rostrum up builds it");
    }
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(heapMib));
    command.addAll(JavaCommand.quickFromTheStart());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    String health = network.localUrl(http) + "/q/health/ready";
    return Program.of(
        name,
        command,
        environment,
        Files.createDirectories(data.of(name)),
        new ServiceHealth(health),
        READY_WITHIN);
  }
}

package io.rostrum.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.Topic;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compose, images and {@code .env.example} against the code that they run. */
class DeployFilesTest {

  private final ComposeFile compose = new ComposeFile();

  static List<String> services() {
    return DeployFiles.SERVICES;
  }

  @ParameterizedTest
  @MethodSource("services")
  void environment_ofAService_namesOnlyWhatItReads(String service) {
    Set<String> given = given(service);

    assertThat(new ConfigNames(service).known()).containsAll(given);
  }

  @ParameterizedTest
  @MethodSource("services")
  void environment_ofAService_hasAllThatHasNoDefault(String service) {
    Set<String> given = given(service);

    assertThat(given).containsAll(new ConfigNames(service).required());
  }

  @Test
  void configNames_playbackAndIngest_areFoundInTheirSources() {
    ConfigNames playback = new ConfigNames("playback");
    ConfigNames ingest = new ConfigNames("ingest");

    assertThat(playback.required()).contains("ROSTRUM_PLAYBACK_SECRET", "ROSTRUM_S3_ENDPOINT");
    assertThat(playback.known()).contains("ROSTRUM_PLAYBACK_SPOOL_DIR", "ROSTRUM_OIDC_AUTHORITY");
    assertThat(ingest.known()).contains("ROSTRUM_NODE", "ROSTRUM_INGEST_RTMP_HOST");
  }

  @Test
  void envExample_andCompose_haveTheSameVariables() {
    Map<String, String> variables = compose.variables();
    String example = DeployFiles.read("deploy/.env.example");

    Set<String> toFillIn = names(example, "^([A-Z_]+)=");
    // Compose itself reads it.
    toFillIn.remove("COMPOSE_PROFILES");
    assertThat(toFillIn).isEqualTo(withSuffix(variables, ":?"));
    assertThat(names(example, "^#([A-Z_]+)=")).isEqualTo(withSuffix(variables, ":-"));
  }

  @Test
  void envExample_hasNoValueThatCouldBeLeftInPlace() {
    assertThat(DeployFiles.read("deploy/.env.example").lines())
        .filteredOn(line -> line.matches("[A-Z_]+=.*"))
        .allMatch(line -> line.endsWith("="));
  }

  @Test
  void envExample_defaults_areThoseOfCompose() {
    Map<String, String> variables = compose.variables();

    DeployFiles.all(DeployFiles.read("deploy/.env.example"), "^#([A-Z_]+)=(.*)$")
        .forEach(
            line ->
                assertThat(variables.get(line.group(1)))
                    .as(line.group(1))
                    .isEqualTo(":-" + line.group(2)));
  }

  @Test
  void mounts_ofTheCheckout_exist() {
    assertThat(DeployFiles.all(compose.text(), "^      - (\\.\\.?/[^:]+):"))
        .isNotEmpty()
        .allSatisfy(
            mount ->
                assertThat(DeployFiles.path("deploy").resolve(mount.group(1)).normalize())
                    .isRegularFile());
  }

  @Test
  void versions_areThoseOfTheBuild() {
    String postgres = DeployFiles.pomProperty("postgres-binaries.version");

    assertThat(compose.image("kafka"))
        .isEqualTo("apache/kafka:" + DeployFiles.pomProperty("kafka.version"))
        .isEqualTo(compose.image("kafka-topics"));
    assertThat(compose.image("keycloak"))
        .isEqualTo("keycloak/keycloak:" + DeployFiles.pomProperty("keycloak.version"));
    assertThat(compose.image("postgres"))
        .isEqualTo("postgres:" + postgres.substring(0, postgres.indexOf('.')));
  }

  @Test
  void broker_hasTheSettingsOfTheLocalOne() {
    Map<String, String> given = compose.environment("kafka");
    Map<String, String> local =
        DeployFiles.all(
                DeployFiles.read(
                    "local-stack/src/main/java/io/rostrum/localstack/kafka/KafkaBroker.java"),
                "Map\\.entry\\(\"((?:auto|group|broker|transaction|share|offsets)\\.[a-z.]+)\", \"(\\w+)\"\\)")
            .filter(entry -> !entry.group(1).endsWith("num.partitions"))
            .collect(
                Collectors.toMap(
                    entry -> "KAFKA_" + entry.group(1).toUpperCase(Locale.ROOT).replace('.', '_'),
                    entry -> entry.group(2)));

    assertThat(local).hasSizeGreaterThan(10);
    assertThat(given).containsAllEntriesOf(local);
    assertThat(given)
        .containsEntry("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(Topic.MAX_RECORD_BYTES))
        .containsEntry("KAFKA_REPLICA_FETCH_MAX_BYTES", Integer.toString(Topic.MAX_RECORD_BYTES));
  }

  @ParameterizedTest
  @MethodSource("services")
  void image_copiesOnlyWhatTheContextHas(String service) {
    List<String> let =
        DeployFiles.all(DeployFiles.read(".dockerignore"), "^!([^*\n]+)")
            .map(line -> line.group(1))
            .toList();
    boolean built =
        Files.exists(DeployFiles.path(service + "-service/target/quarkus-app/quarkus-run.jar"))
            && Files.exists(DeployFiles.path("codec-worker/target/worker/lib"));

    assertThat(DeployFiles.all(DeployFiles.dockerfile(service), "^COPY (\\S+) "))
        .hasSizeGreaterThan(4)
        .allSatisfy(
            copy -> {
              String source = copy.group(1);
              assertThat(let).as("context has " + source).anyMatch(source::startsWith);
              if (built) {
                assertThat(DeployFiles.path(source)).exists();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("services")
  void port_ofAService_isTheSameEverywhere(String service) {
    String properties =
        DeployFiles.read(service + "-service/src/main/resources/application.properties");
    String port = DeployFiles.only(properties, "^quarkus\\.http\\.port=(\\d+)$");
    String dockerfile = DeployFiles.dockerfile(service);

    assertThat(DeployFiles.only(dockerfile, "^EXPOSE (\\d+)")).isEqualTo(port);
    assertThat(DeployFiles.only(dockerfile, "\"/usr/local/bin/health\", \"(\\d+)\""))
        .isEqualTo(port);
    if (!service.equals("transcode")) {
      assertThat(DeployFiles.read("deploy/edge/upstreams.conf"))
          .contains("server " + service + ":" + port + " resolve;");
    }
  }

  private Set<String> given(String service) {
    // Continued over lines by a backslash.
    String env = DeployFiles.only(DeployFiles.dockerfile(service), "^ENV ((?:.*\\\\\n)*.*)$");
    Set<String> given = names(env, "(?:^| )([A-Z][A-Z0-9_]+)=");
    given.remove("JDK_JAVA_OPTIONS");
    given.addAll(compose.environment(service).keySet());
    assertThat(given).as("environment of " + service).contains("KAFKA_BOOTSTRAP_SERVERS");
    return given.stream()
        .filter(name -> !name.equals("KAFKA_BOOTSTRAP_SERVERS"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(String text, String regex) {
    return DeployFiles.all(text, regex)
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> withSuffix(Map<String, String> variables, String suffix) {
    return variables.entrySet().stream()
        .filter(variable -> variable.getValue().startsWith(suffix))
        .flatMap(variable -> Stream.of(variable.getKey()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

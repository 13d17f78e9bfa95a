package io.rostrum.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/kafka/create-topics} against the contracts. The script runs; Kafka's tools are
 * replaced by ones that write down their arguments.
 */
class TopicsJobTest {

  @TempDir private Path folder;
  private Path calls;

  private record Run(int status, String output) {}

  @BeforeEach
  void makeTools() throws IOException {
    calls = folder.resolve("calls");
    tool("kafka-topics.sh");
    tool("kafka-configs.sh");
  }

  @Test
  void job_onAnEmptyCluster_createsExactlyTheTopicsOfTheContracts() throws Exception {
    Run run = run(Map.of("FOUND_PARTITIONS", Integer.toString(Topic.PARTITIONS)));

    assertThat(run.status()).as(run.output()).isZero();
    Map<String, Map<String, String>> expected = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      Map<String, String> settings = new TreeMap<>(topic.settings());
      settings.put("min.insync.replicas", "1");
      expected.put(topic.topicName(), settings);
    }
    assertThat(settings()).isEqualTo(expected);
    assertThat(calls("--create"))
        .hasSize(Topic.values().length)
        .allSatisfy(
            call ->
                assertThat(options(call))
                    .containsEntry("--partitions", Integer.toString(Topic.PARTITIONS))
                    .containsEntry("--replication-factor", "1"));
    assertThat(calls("--create").map(call -> options(call).get("--topic")))
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
  }

  @Test
  void job_inProduction_asksForCopies() throws Exception {
    run(
        Map.of(
            "FOUND_PARTITIONS",
            Integer.toString(Topic.PARTITIONS),
            "ROSTRUM_TOPIC_REPLICATION",
            "3",
            "ROSTRUM_TOPIC_MIN_INSYNC",
            "2"));

    assertThat(calls("--create"))
        .allSatisfy(call -> assertThat(options(call)).containsEntry("--replication-factor", "3"));
    assertThat(settings().values())
        .allSatisfy(settings -> assertThat(settings).containsEntry("min.insync.replicas", "2"));
  }

  @Test
  void job_topicWithAnotherPartitionCount_failsAndSaysWhatToDo() throws Exception {
    Run run = run(Map.of("FOUND_PARTITIONS", "12"));

    assertThat(run.status()).isNotZero();
    assertThat(run.output())
        .contains("rostrum.broadcasts.v1 has 12 partitions and must have 32", "delete the topic");
  }

  private Map<String, Map<String, String>> settings() throws IOException {
    Map<String, Map<String, String>> settings = new TreeMap<>();
    for (String call : calls("--alter").toList()) {
      Map<String, String> configuration = new TreeMap<>();
      for (String setting : options(call).get("--add-config").split(",")) {
        configuration.put(setting.split("=")[0], setting.split("=")[1]);
      }
      settings.put(options(call).get("--entity-name"), configuration);
    }
    return settings;
  }

  private Stream<String> calls(String action) throws IOException {
    return Files.readAllLines(calls).stream().filter(call -> call.contains(action));
  }

  /** Options by name; null for one without a value. */
  private static Map<String, String> options(String call) {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> words = Arrays.asList(call.split(" "));
    for (int i = 0; i < words.size(); i++) {
      boolean hasValue = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      if (words.get(i).startsWith("--")) {
        options.put(words.get(i), hasValue ? words.get(i + 1) : null);
      }
    }
    return options;
  }

  private void tool(String name) throws IOException {
    Path tool = folder.resolve(name);
    Files.writeString(
        tool,
        """
        #!/usr/bin/env bash
        echo "$*" >>"$CALLS"
        case "$*" in *--describe*) echo "Topic: t PartitionCount: $FOUND_PARTITIONS Configs: x" ;; esac
        """);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
  }

  private Run run(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", DeployFiles.path("deploy/kafka/create-topics").toString())
            .redirectErrorStream(true);
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", "nowhere:9092");
    builder.environment().put("KAFKA_BIN", folder.toString());
    builder.environment().put("CALLS", calls.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Run(process.waitFor(), output);
  }
}

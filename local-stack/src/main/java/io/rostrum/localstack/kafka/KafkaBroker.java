package io.rostrum.localstack.kafka;

import io.rostrum.contracts.Topic;
import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker that is its own controller. Everything it keeps is in its directory; formatted
 * once.
 *
 * @param parts the build's parts
 * @param directory where its configuration and its data are
 * @param host the address it listens on
 * @param port the port of the clients
 * @param controllerPort the port of the controller, which only the broker itself uses
 * @param heapMib -Xmx
 * @param javaOptions more for its JVM
 */
public record KafkaBroker(
    Parts parts,
    Path directory,
    String host,
    int port,
    int controllerPort,
    int heapMib,
    List<String> javaOptions) {

  private static final Duration FORMAT_WITHIN = Duration.ofSeconds(60);

  public String bootstrapServers() {
    return host + ":" + port;
  }

  /** Writes the configuration, and formats the data directory if that was not done yet. */
  public void prepare() throws IOException, InterruptedException, StartFailure {
    Files.createDirectories(directory);
    Properties properties = new Properties();
    properties.putAll(configuration());
    try (var out = Files.newBufferedWriter(configurationFile())) {
      properties.store(out, "Written at every start");
    }
    if (!Files.exists(data().resolve("meta.properties"))) {
      format();
    }
  }

  public Program program() {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(heapMib));
    // What it keeps for itself alone is 45 MiB.
    command.addAll(JavaCommand.roomForYoung(64));
    command.addAll(javaOptions);
    command.add("-XX:MaxDirectMemorySize=128m");
    command.addAll(logging());
    command.addAll(
        List.of("-cp", parts.kafkaClassPath(), "kafka.Kafka", configurationFile().toString()));
    return Program.of(
        "kafka",
        command,
        Map.of(),
        directory,
        readiness(),
        // After a kill -9 it first recovers its logs.
        Duration.ofSeconds(90));
  }

  private Readiness readiness() {
    return () -> KafkaTopics.ping(bootstrapServers());
  }

  private void format() throws IOException, InterruptedException, StartFailure {
    Path log = directory.resolve("format.log");
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(128));
    command.addAll(JavaCommand.quickFromTheStart());
    command.addAll(logging());
    command.addAll(
        List.of(
            "-cp",
            parts.kafkaClassPath(),
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            configurationFile().toString()));
    Process format =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    if (!format.waitFor(FORMAT_WITHIN.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
      format.destroyForcibly();
      throw new StartFailure(
          "Kafka's storage could not be formatted:\n" + Files.readString(log).indent(4));
    }
  }

  private static List<String> logging() {
    return List.of(
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info");
  }

  private Path configurationFile() {
    return directory.resolve("server.properties");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Map<String, String> configuration() {
    String maxRecordBytes = Integer.toString(Topic.MAX_RECORD_BYTES);
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.quorum.voters", "1@" + host + ":" + controllerPort),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry(
            "listeners",
            "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + host + ":" + controllerPort),
        Map.entry("advertised.listeners", "PLAINTEXT://" + bootstrapServers()),
        Map.entry("log.dirs", data().toString()),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("message.max.bytes", maxRecordBytes),
        Map.entry("replica.fetch.max.bytes", maxRecordBytes),
        // One node holds everything, so there is nobody to replicate to.
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "8"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.num.partitions", "8"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        // A broker that was killed is itself the one whose session must run out: 9 s by default.
        Map.entry("broker.session.timeout.ms", "1500"),
        Map.entry("broker.heartbeat.interval.ms", "300"),
        // The failover budget of 9 s leaves 3 s for detection: the floors for what clients may ask
        // are lowered.
        Map.entry("group.min.session.timeout.ms", "1000"),
        Map.entry("group.consumer.min.session.timeout.ms", "1000"),
        Map.entry("group.consumer.session.timeout.ms", "3000"),
        Map.entry("group.consumer.min.heartbeat.interval.ms", "100"),
        Map.entry("group.consumer.heartbeat.interval.ms", "500"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // An abandoned transaction holds back read_committed readers until it is aborted.
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("num.recovery.threads.per.data.dir", "2"),
        Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
        Map.entry("log.retention.check.interval.ms", "30000"),
        Map.entry("log.segment.delete.delay.ms", "5000"));
  }
}

package io.rostrum.localstack.test;

import io.rostrum.localstack.kafka.KafkaBroker;
import io.rostrum.localstack.kafka.KafkaTopics;
import io.rostrum.localstack.kafka.RostrumTopics;
import io.rostrum.localstack.kafka.TopicSettings;
import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.Pid;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A Kafka broker for tests, with the topics of Rostrum. Ready when {@link #start} returns; takes
 * about three seconds.
 */
public final class KafkaProcess implements AutoCloseable {

  private final KafkaBroker broker;
  private final Path directory;
  private TiedProcess process;

  private KafkaProcess(KafkaBroker broker, Path directory) {
    this.broker = broker;
    this.directory = directory;
  }

  /** A broker with all topics of Rostrum, with as many partitions as in production. */
  public static KafkaProcess start() {
    return start(RostrumTopics.all());
  }

  /** A broker with these topics. */
  public static KafkaProcess start(Collection<TopicSettings> topics) {
    return Starting.start(
        "rostrum-kafka-",
        directory -> {
          KafkaBroker broker =
              new KafkaBroker(
                  Parts.locate(),
                  directory,
                  "127.0.0.1",
                  FreePort.next(),
                  FreePort.next(),
                  256,
                  List.of());
          broker.prepare();
          KafkaProcess kafka = new KafkaProcess(broker, directory);
          kafka.run();
          try {
            KafkaTopics.create(broker.bootstrapServers(), topics);
          } catch (IOException e) {
            kafka.close();
            throw e;
          }
          return kafka;
        });
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** The broker's process, for those who measure it. */
  public synchronized Pid pid() {
    return process.pid();
  }

  /** Creates another topic. */
  public void createTopic(String name, int partitions, Map<String, String> configuration) {
    Starting.run(
        () ->
            KafkaTopics.create(
                bootstrapServers(), List.of(new TopicSettings(name, partitions, configuration))));
  }

  /** kill -9. What it holds stays for {@link #restart}. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Starts it again after {@link #kill}, on the same port with the same data; returns when it is
   * ready.
   */
  public synchronized void restart() {
    Starting.run(this::run);
  }

  private void run() throws IOException, InterruptedException, StartFailure {
    Path log = Files.createDirectories(directory).resolve("kafka.log");
    process = TiedProcess.start(broker.program(), log, directory);
  }

  @Override
  public synchronized void close() {
    process.close();
    Starting.delete(directory);
  }
}

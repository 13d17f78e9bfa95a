package io.rostrum.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.Pid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the launcher on real processes: those that start quickly. */
@Timeout(240)
class StackIT {

  private static final List<String> PROCESSES = List.of("kafka", "postgres", "s3");

  @TempDir Path directory;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(output, true, StandardCharsets.UTF_8),
          new PrintStream(output, true, StandardCharsets.UTF_8));
  private DataDirectory data;

  @BeforeEach
  void start() throws Exception {
    data = new DataDirectory(directory);
    data.create();
    // Any offset whose Kafka port is free; the others are next to it.
    int offset = FreePort.next() - StackPort.KAFKA.number(0);
    StackFile none =
        new StackFile(new Network("127.0.0.1", Math.max(0, offset)), true, Instant.now(), Map.of());
    PortCheck.check(none.network(), PROCESSES);
    new StackStarter(new RunningStack(data).layout(none.network()), none, console).start(PROCESSES);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    new DownCommand(data, console).run();
  }

  @Test
  void killAndStart_kafka_bringsAnotherProcessOnTheSamePort() throws Exception {
    Pid before = pid("kafka");

    assertThat(new KillCommand(data, console).run("kafka")).isZero();
    assertThat(before.isAlive()).isFalse();
    assertThat(new StatusCommand(data, console).run()).isZero();
    assertThat(output.toString(StandardCharsets.UTF_8)).containsPattern("kafka +dead");
    assertThat(new StartCommand(data, console).run("kafka")).isZero();

    assertThat(pid("kafka")).isNotEqualTo(before);
    assertThat(pid("kafka").isAlive()).isTrue();
    assertThat(pid("postgres").isAlive()).isTrue();
  }

  @Test
  void start_processThatRuns_leavesItAlone() throws Exception {
    Pid before = pid("s3");

    assertThat(new StartCommand(data, console).run("s3")).isZero();

    assertThat(pid("s3")).isEqualTo(before);
  }

  @Test
  void down_runningStack_leavesNoProcessAndNoTemporaryFile() throws Exception {
    List<Pid> pids = PROCESSES.stream().map(this::pid).toList();

    assertThat(new DownCommand(data, console).run()).isZero();

    assertThat(pids).noneMatch(Pid::isAlive);
    assertThat(data.stackFile()).doesNotExist();
    assertThat(data.temporary()).doesNotExist();
    assertThat(new DownCommand(data, console).run()).isZero();
  }

  private Pid pid(String process) {
    try {
      return new RunningStack(data).require().processes().get(process);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.rostrum.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TiedProcessTest {

  private static final Readiness AT_ONCE = () -> {};

  @TempDir Path directory;

  @Test
  void close_runningProcess_endsItAndRemovesItsDirectory() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));
    TiedProcess process = TiedProcess.start(sleeper(), own.resolve("log"), own);
    assertThat(process.pid().isAlive()).isTrue();

    process.close();

    assertThat(process.pid().isAlive()).isFalse();
    assertThat(own).doesNotExist();
  }

  @Test
  void kill_runningProcess_leavesItsDirectory() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));
    TiedProcess process = TiedProcess.start(sleeper(), own.resolve("log"), own);

    process.kill();

    assertThat(process.pid().isAlive()).isFalse();
    assertThat(own).exists();
  }

  @Test
  void start_programThatDies_failsWithTheEndOfItsLog() {
    Program dying = program(List.of("sh", "-c", "echo out of luck; exit 3"), neverReady());

    assertThatThrownBy(() -> TiedProcess.start(dying, directory.resolve("log"), null))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("trial stopped while it was starting")
        .hasMessageContaining("out of luck");
  }

  @Test
  void start_programThatIsNeverReady_failsWithWhatIsMissing() {
    Program slow = program(List.of("sleep", "600"), neverReady());

    assertThatThrownBy(() -> TiedProcess.start(slow, directory.resolve("log"), null))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("trial is not ready after 1 s: the port is closed");
  }

  @Test
  void process_whoseJvmIsKilled_dies() throws Exception {
    Process jvm =
        new ProcessBuilder(
                JavaCommand.executable(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                directory.toString())
            .start();
    String line =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    Pid orphan = Pid.of(Long.parseLong(line)).orElseThrow();

    jvm.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    assertThat(orphan.awaitExit(Duration.ofSeconds(10))).isTrue();
  }

  /** The program of the JVM that is killed. */
  public static final class Starter {

    public static void main(String[] arguments) throws Exception {
      Path log = Path.of(arguments[0], "log");
      System.out.println(TiedProcess.start(sleeper(), log, null).pid().value());
      Thread.currentThread().join();
    }
  }

  private static Program sleeper() {
    return program(List.of("sleep", "600"), AT_ONCE);
  }

  private static Readiness neverReady() {
    return () -> {
      throw new IOException("the port is closed");
    };
  }

  private static Program program(List<String> command, Readiness readiness) {
    return Program.of("trial", command, Map.of(), Path.of("."), readiness, Duration.ofSeconds(1));
  }
}

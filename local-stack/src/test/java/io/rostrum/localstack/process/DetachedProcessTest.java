package io.rostrum.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetachedProcessTest {

  @TempDir Path directory;

  @Test
  void stop_programThatListens_isOrderly() throws Exception {
    Pid pid = DetachedProcess.start(program("exec sleep 600"), directory.resolve("log"));

    assertThat(DetachedProcess.stop(pid, "TERM", Duration.ofSeconds(10))).isTrue();
    assertThat(pid.isAlive()).isFalse();
  }

  @Test
  void stop_programThatIsDeaf_isKilledWithItsChildren() throws Exception {
    Path log = directory.resolve("log");
    Pid pid =
        DetachedProcess.start(program("trap '' TERM; sleep 600 & echo deaf; wait; wait"), log);
    while (!Files.readString(log).contains("deaf")) {
      Thread.onSpinWait();
    }
    List<Pid> children = pid.descendants();

    assertThat(DetachedProcess.stop(pid, "TERM", Duration.ofMillis(300))).isFalse();
    assertThat(pid.isAlive()).isFalse();
    assertThat(children).isNotEmpty().noneMatch(child -> stays(child));
  }

  @Test
  void isAlive_pidOfAnotherStart_isFalse() {
    Pid self = Pid.of(ProcessHandle.current().pid()).orElseThrow();

    assertThat(self.isAlive()).isTrue();
    assertThat(new Pid(self.value(), self.startedAt().minusSeconds(60)).isAlive()).isFalse();
  }

  private static boolean stays(Pid pid) {
    try {
      return !pid.awaitExit(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Program program(String script) {
    return Program.of(
        "trial",
        List.of("bash", "-c", script),
        Map.of(),
        directory,
        () -> {},
        Duration.ofSeconds(1));
  }
}

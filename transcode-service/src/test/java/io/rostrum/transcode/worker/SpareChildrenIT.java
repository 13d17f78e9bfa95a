package io.rostrum.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.transcode.config.TranscodeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real codec children that wait. */
class SpareChildrenIT {

  private final TranscodeConfig config =
      new SmallRyeConfigBuilder()
          .withMapping(TranscodeConfig.class)
          .addDefaultInterceptors()
          .addSystemSources()
          .withConverter(Duration.class, 200, new DurationConverter())
          .build()
          .getConfigMapping(TranscodeConfig.class);

  @Test
  void child_thatWaits_isTakenOnce() throws Exception {
    try (SpareChildren spares = new SpareChildren()) {
      WorkerCommand command = new WorkerCommand(config).with(spares);
      spares.keep(command, 1);

      Process taken = spares.take(command);
      try (WorkerReplies.Reader replies = new WorkerReplies.Reader(taken.getInputStream())) {
        assertThat(replies.read()).isInstanceOf(WorkerReply.Ready.class);
        assertThat(spares.take(command)).isNull();
      } finally {
        taken.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void asManyAreKept_asAreWanted() throws Exception {
    try (SpareChildren spares = new SpareChildren()) {
      WorkerCommand command = new WorkerCommand(config).with(spares);
      spares.keep(command, 2);

      Process first = spares.take(command);
      Process second = spares.take(command);

      assertThat(first.pid()).isNotEqualTo(second.pid());
      assertThat(spares.take(command)).isNull();
      first.destroyForcibly().waitFor();
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void child_thatDiedWhileItWaited_isNotTaken() throws Exception {
    try (SpareChildren spares = new SpareChildren()) {
      WorkerCommand command = new WorkerCommand(config).with(spares);
      spares.keep(command, 1);
      ProcessHandle child = waiting();
      child.destroyForcibly();
      child.onExit().get(60, TimeUnit.SECONDS);

      Process started = command.start();

      assertThat(started.isAlive()).isTrue();
      assertThat(started.pid()).isNotEqualTo(child.pid());
      started.destroyForcibly().waitFor();
    }
  }

  @Test
  void close_endsThoseThatWait() throws Exception {
    ProcessHandle child;
    try (SpareChildren spares = new SpareChildren()) {
      spares.keep(new WorkerCommand(config), 1);
      child = waiting();
    }
    assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  /** The one child of this process that is a codec worker, or is about to become it. */
  private static ProcessHandle waiting() {
    return ProcessHandle.current().children().findFirst().orElseThrow();
  }
}

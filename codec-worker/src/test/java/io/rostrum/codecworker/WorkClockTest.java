package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkClockTest {
  private final AtomicLong nanos = new AtomicLong();
  private final WorkClock clock = new WorkClock(nanos::get);

  @Test
  void work_countsWhileWorkingAndNotBlocked() {
    pass(100);
    clock.working(true);
    pass(10);
    clock.enterOutput();
    pass(1000);
    clock.leaveOutput();
    pass(5);
    assertThat(clock.workedMs()).isEqualTo(15);
    clock.working(false);
    pass(100);
    assertThat(clock.workedMs()).isEqualTo(15);
  }

  @Test
  void restart_startsFromNothing() {
    clock.working(true);
    pass(10);
    clock.restart();
    pass(3);
    assertThat(clock.workedMs()).isEqualTo(3);
  }

  private void pass(long ms) {
    nanos.addAndGet(ms * 1_000_000);
  }
}

package io.rostrum.catalog.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkLoopTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  @Test
  void wake_whileItRests_makesTheNextStepStart() throws Exception {
    Semaphore steps = new Semaphore(0);
    WorkLoop.Step step =
        () -> {
          steps.release();
          return FOR_EVER;
        };
    try (WorkLoop loop = new WorkLoop("test", step).start()) {
      steps.acquire();
      loop.wake();
      assertThat(steps.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(loop.isRunning()).isTrue();
    }
  }

  @Test
  void step_thatFailsWithAnything_isTriedAgain() throws Exception {
    AtomicInteger steps = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    WorkLoop.Step step =
        () -> {
          switch (steps.incrementAndGet()) {
            case 1 -> throw new IOException("away");
            case 2 -> throw new IllegalStateException("still away");
            case 3 -> throw new NoClassDefFoundError("badly away");
            default -> done.countDown();
          }
          return FOR_EVER;
        };
    try (WorkLoop loop = new WorkLoop("test", step).start()) {
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void close_whileAStepWaits_endsIt() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    WorkLoop.Step step =
        () -> {
          steps.incrementAndGet();
          started.countDown();
          new Semaphore(0).acquire();
          return Duration.ZERO;
        };
    WorkLoop loop = new WorkLoop("test", step).start();
    started.await();
    loop.close();
    assertThat(loop.isRunning()).isFalse();
    assertThat(steps).hasValue(1);
  }
}

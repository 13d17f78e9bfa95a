package io.rostrum.transcode.owner;

import static org.awaitility.Awaitility.await;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.transcode.checkpoint.Checkpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long viewers wait for the next part when the transcoder of their broadcast freezes, and when
 * it dies, and another one is there. Prints the times beside the budget of 9 s and judges none of
 * them: on a busy machine they say nothing.
 */
@Tag("nightly")
class FailoverIT {
  @Test
  void ownerFreezes_andTheNextDies_viewersGetTheNextPart() throws Exception {
    String id = "failover1";
    try (TestStack stack = new TestStack();
        TranscodeProcess first = new TranscodeProcess(stack, "first");
        TranscodeProcess second = new TranscodeProcess(stack, "second")) {
      stack.intend(id, null);
      LivePublisher publisher = new LivePublisher(stack, id);
      publisher.start();
      awaitSegments(stack, id, 2);
      TranscodeProcess owner = first.epoch(id) > 0 ? first : second;
      TranscodeProcess other = owner == first ? second : first;

      long frozenAtMs = System.currentTimeMillis();
      owner.freeze();
      awaitNewOwner(stack, id, frozenAtMs, "freeze");
      int lines = owner.lines();
      owner.thaw();
      owner.awaitLine(lines, "Partitions assigned");
      int closed = Timelines.facts(stack.timeline(id), Fact.Close.class).size();
      awaitSegments(stack, id, closed + 2);

      TranscodeProcess current = other.epoch(id) > owner.epoch(id) ? other : owner;
      long killedAtMs = System.currentTimeMillis();
      current.kill();
      awaitNewOwner(stack, id, killedAtMs, "kill");
      publisher.stop();
    }
  }

  @Test
  void parts_reachThoseWhoRead_whileTransactionsComeAndGo() throws Exception {
    String id = "delivery1";
    try (TestStack stack = new TestStack();
        TranscodeNode node = stack.node()) {
      stack.intend(id, null);
      LivePublisher publisher = new LivePublisher(stack, id);
      publisher.start();
      awaitSegments(stack, id, 1);
      long[] sorted = stack.watchMedia(id, 250).sorted().toArray();
      publisher.stop();
      System.out.printf(
          Locale.ROOT,
          "part from the owner to a reader: p50 %d ms, p90 %d ms, p99 %d ms, longest %d ms of %d parts%n",
          sorted[sorted.length / 2],
          sorted[sorted.length * 9 / 10],
          sorted[sorted.length * 99 / 100],
          sorted[sorted.length - 1],
          sorted.length);
    }
  }

  /** Publishes at the speed of a clip, one publication after the other. */
  private static final class LivePublisher {
    private static final long CLIP_NANOS = Duration.ofSeconds(14).toNanos();

    private final TestStack stack;
    private final String id;
    private final Thread thread = new Thread(this::run, "publisher");
    private volatile boolean stopping;

    LivePublisher(TestStack stack, String id) {
      this.stack = stack;
      this.id = id;
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    void stop() throws InterruptedException {
      stopping = true;
      thread.join();
    }

    private void run() {
      try {
        for (int i = 0; !stopping; i++) {
          List<SourceRecord> records = ClipPublication.records(String.format("pub%05d", i), false);
          long startNanos = System.nanoTime();
          for (int at = 0; at < records.size() && !stopping; at++) {
            long dueNanos = startNanos + CLIP_NANOS * at / records.size();
            TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime()); // Its speed is the point.
            stack.publish(id, records.subList(at, at + 1));
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | MalformedMediaException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void awaitSegments(TestStack stack, String id, int closed) {
    stack.awaitTimeline(
        id, timeline -> Timelines.facts(timeline, Fact.Close.class).size() >= closed);
  }

  private static void awaitNewOwner(TestStack stack, String id, long atMs, String trouble) {
    long epoch =
        stack.everTaken(Topic.CHECKPOINTS, id).stream()
            .filter(record -> record.timestamp() <= atMs)
            .mapToLong(record -> Checkpoint.parse(record.value()).epoch())
            .max()
            .orElseThrow();
    await("a part that nobody had before the " + trouble)
        .atMost(Duration.ofSeconds(60))
        .until(() -> nextPartMs(stack, id, epoch) >= 0);
    long takenOverMs =
        firstMs(
            stack.everTaken(Topic.CHECKPOINTS, id),
            record -> Checkpoint.parse(record.value()).epoch() > epoch);
    long againMs =
        firstMs(
            stack.everTaken(Topic.MEDIA, id),
            record -> MediaPart.parse(record.value()).epoch() > epoch);
    System.out.printf(
        Locale.ROOT,
        "failover after %s: taken over %.1f s, first part made again %.1f s, next part %.1f s"
            + " (budget 9 s)%n",
        trouble,
        (takenOverMs - atMs) / 1000.0,
        (againMs - atMs) / 1000.0,
        (nextPartMs(stack, id, epoch) - atMs) / 1000.0);
  }

  /** When owners after {@code epoch} first sent a part that was not there yet; -1 if not yet. */
  private static long nextPartMs(TestStack stack, String id, long epoch) {
    Set<String> before = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : stack.everTaken(Topic.MEDIA, id)) {
      MediaPart part = MediaPart.parse(record.value());
      String name = part.msn() + "/" + part.part() + "/" + part.rendition();
      if (part.epoch() <= epoch) {
        before.add(name);
      } else if (!before.contains(name)) {
        return record.timestamp();
      }
    }
    return -1;
  }

  private static long firstMs(
      List<ConsumerRecord<String, byte[]>> records,
      Predicate<ConsumerRecord<String, byte[]>> wanted) {
    return records.stream().filter(wanted).findFirst().orElseThrow().timestamp();
  }
}

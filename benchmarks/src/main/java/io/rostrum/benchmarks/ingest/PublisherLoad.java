package io.rostrum.benchmarks.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process full of publishers, so that what they cost is not counted with anybody else. Says
 * {@code publishing} once all are let in and {@code late N} (milliseconds, the worst) at the end,
 * which is a line on standard input or the clip's.
 */
final class PublisherLoad {
  private static final long ROUND_MILLIS = 5;

  private PublisherLoad() {}

  /**
   * @param arguments port, application, file with a stream key on each line, clip
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    List<String> keys = Files.readAllLines(Path.of(arguments[2]));
    Clip clip = Clip.read(Path.of(arguments[3]));
    List<Publisher> publishers = new ArrayList<>();
    for (String key : keys) {
      publishers.add(new Publisher(port, arguments[1], key, clip));
    }
    long start = System.nanoTime();
    for (int i = 0; i < keys.size(); i++) {
      // Not in step: real ones start when they like.
      publishers.get(i).startAt(start + TimeUnit.SECONDS.toNanos(2) * i / keys.size());
    }
    System.out.println("publishing");
    long worst = 0;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(clip.durationMs());
    while (System.in.available() == 0 && System.nanoTime() < end) {
      long now = System.nanoTime();
      for (Publisher publisher : publishers) {
        worst = Math.max(worst, publisher.sendDue(now));
      }
      // Pacing is what this loop is for; nothing is waited for here.
      TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
    }
    System.out.println("late " + worst);
    for (Publisher publisher : publishers) {
      publisher.close();
    }
  }
}

package io.rostrum.localstack.demo;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The demo publisher's process: publishes until SIGTERM, and comes back when ingest was away. Its
 * environment names the address, {@code ROSTRUM_DEMO_URL}, and a file that exists while it
 * publishes, {@code ROSTRUM_DEMO_STATUS}.
 */
public final class DemoPublisher {

  private static final Logger LOG = Logger.getLogger(DemoPublisher.class.getName());
  private static final long BACK_OFF_MS = 1_000;
  private static final long STOP_WITHIN_MS = 4_000;

  private static volatile boolean stopping;

  private DemoPublisher() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String url = required("ROSTRUM_DEMO_URL");
    Path status = Path.of(required("ROSTRUM_DEMO_STATUS"));
    av_log_set_level(AV_LOG_ERROR);
    Thread publishing = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(publishing)));
    TestPicture picture = new TestPicture(ZoneId.systemDefault());
    while (!stopping) {
      try (Session session = Session.open(url, picture)) {
        LOG.info("Publishing begins");
        session.run(() -> markPublishing(status), () -> stopping);
      } catch (LibavException e) {
        // The key is in the address: it is not logged.
        LOG.log(Level.WARNING, "Publishing failed, trying again error={0}", e.getMessage());
      } finally {
        Files.deleteIfExists(status);
      }
      if (!stopping) {
        // Whoever is away does not tell when it is back.
        TimeUnit.MILLISECONDS.sleep(BACK_OFF_MS);
      }
    }
    LOG.info("Publishing ends");
  }

  private static void markPublishing(Path status) {
    try {
      Files.writeString(status, "");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Status file cannot be written error={0}", e.getMessage());
    }
  }

  private static void stop(Thread publishing) {
    stopping = true;
    try {
      publishing.join(STOP_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String required(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "The demo publisher needs " + name + " in its environment");
    }
    return value;
  }
}

package io.rostrum.playback.testing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.PlaylistForm;
import io.rostrum.playback.config.PlaybackConfig;
import io.rostrum.playback.config.S3Config;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.segment.Spool;
import io.rostrum.playback.segment.SpoolForTests;
import io.rostrum.playback.storage.ObjectStore;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;

/** Parts of the service put together by hand, with their default settings. */
public final class TestConfig {
  public static final PlaylistForm FORM = new PlaylistForm(6, Duration.ofMillis(500));

  private TestConfig() {}

  public static PlaybackConfig playback(Path spool, long hotBytes, long spoolBytes) {
    return playback("0123456789abcdef0123456789abcdef")
        .withDefaultValue("rostrum.playback.memory.hot-part-bytes", Long.toString(hotBytes))
        .withDefaultValue("rostrum.playback.spool.dir", spool.toString())
        .withDefaultValue("rostrum.playback.spool.max-bytes", Long.toString(spoolBytes))
        .build()
        .getConfigMapping(PlaybackConfig.class);
  }

  /** All defaults. */
  public static SmallRyeConfigBuilder playback(String secret) {
    return quarkus()
        .withMapping(PlaybackConfig.class)
        .withDefaultValue("rostrum.playback.secret", secret);
  }

  /** Reads durations as Quarkus does. */
  private static SmallRyeConfigBuilder quarkus() {
    return new SmallRyeConfigBuilder().withConverter(Duration.class, 200, new DurationConverter());
  }

  /** An object store that cannot be reached. */
  public static ObjectStore noObjects() {
    return new ObjectStore(
        quarkus()
            .withMapping(S3Config.class)
            .withDefaultValue("rostrum.s3.endpoint", "http://127.0.0.1:9")
            .withDefaultValue("rostrum.s3.access-key", "none")
            .withDefaultValue("rostrum.s3.secret-key", "none")
            .build()
            .getConfigMapping(S3Config.class));
  }

  public static MediaStore media(Path spoolFolder, long hotBytes, long spoolBytes) {
    PlaybackConfig config = playback(spoolFolder, hotBytes, spoolBytes);
    Spool spool = SpoolForTests.started(config);
    return new MediaStore(spool, noObjects(), config);
  }

  public static Broadcast broadcast(String id, MediaStore media) {
    return new Broadcast(id, FORM, 900, media);
  }
}

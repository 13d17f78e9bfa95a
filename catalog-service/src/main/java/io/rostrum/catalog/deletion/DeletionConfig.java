package io.rostrum.catalog.deletion;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Deletion of media. */
@ConfigMapping(prefix = "rostrum.deletion")
public interface DeletionConfig {
  /**
   * When the media of a deleted broadcast are looked for, counted from the deletion. More than
   * once, because a transcoder that was busy with it may still be uploading.
   */
  @WithDefault("0s,5m,1h")
  List<Duration> sweeps();

  /** How long one catalog instance may work on a sweep before another one takes it over. */
  @WithDefault("10m")
  Duration lease();

  /** Pause after the first failure; doubled with each up to {@link #maxRetryDelay()}. */
  @WithDefault("1s")
  Duration retryDelay();

  /** Longest pause between attempts. */
  @WithDefault("5m")
  Duration maxRetryDelay();

  /** How often it looks for sweeps that are due; new ones wake it at once. */
  @WithDefault("5s")
  Duration pollInterval();
}

package io.rostrum.catalog.streamkey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Stream keys. */
@ConfigMapping(prefix = "rostrum.stream-keys")
public interface StreamKeyConfig {
  /**
   * How long a publish token can be used to start (or resume) publishing; who publishes by then
   * goes on. Longer is worth more to a thief.
   */
  @WithDefault("10m")
  Duration publishTokenTtl();

  /** Valid keys a broadcast can have at a time; all of them are in each of its records. */
  @WithDefault("50")
  int maxValid();

  /** How long publish tokens that expired are remembered. */
  @WithDefault("1d")
  Duration expiredKept();
}

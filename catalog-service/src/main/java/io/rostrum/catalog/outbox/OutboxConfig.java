package io.rostrum.catalog.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The outbox relay. */
@ConfigMapping(prefix = "rostrum.outbox")
public interface OutboxConfig {
  /** How many records go to Kafka in one transaction. */
  @WithDefault("200")
  int batchSize();

  /**
   * How often it looks for records that another instance left behind; its own wake it at once.
   * Shorter costs a query each time.
   */
  @WithDefault("1s")
  Duration pollInterval();
}

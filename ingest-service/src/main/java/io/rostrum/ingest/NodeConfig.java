package io.rostrum.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who this process is among its like. */
@ConfigMapping(prefix = "rostrum")
public interface NodeConfig {

  /**
   * Name of this node in records, logs and URLs; unique among ingest nodes. Default {@code
   * ingest-1}.
   */
  @WithDefault("ingest-1")
  String node();
}

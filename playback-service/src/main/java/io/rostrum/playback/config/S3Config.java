package io.rostrum.playback.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The object store, {@code rostrum.s3.*}. */
@ConfigMapping(prefix = "rostrum.s3")
public interface S3Config {
  /** Base address, e.g. {@code http://127.0.0.1:9000}. */
  String endpoint();

  /** Access key; reading is enough. */
  String accessKey();

  /** Secret key. */
  String secretKey();

  /** Bucket with the recordings. */
  @WithDefault("rostrum")
  String bucket();

  /** Region that requests are signed for; servers that are not AWS take any. */
  @WithDefault("us-east-1")
  String region();

  /** How long a read may make no progress before it counts as failed. */
  @WithDefault("5s")
  Duration readTimeout();

  /** Reads at the same time. */
  @WithDefault("16")
  int concurrency();
}

package io.rostrum.catalog.deletion;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * The object store ({@code ROSTRUM_S3_ENDPOINT}, {@code _ACCESS_KEY}, {@code _SECRET_KEY}, {@code
 * _BUCKET}).
 */
@ConfigMapping(prefix = "rostrum.s3")
public interface S3Config {
  @WithDefault("http://127.0.0.1:9000")
  String endpoint();

  @WithDefault("rostrum")
  String accessKey();

  @WithDefault("rostrum-secret")
  String secretKey();

  /** The bucket of all media. */
  @WithDefault("rostrum")
  String bucket();
}

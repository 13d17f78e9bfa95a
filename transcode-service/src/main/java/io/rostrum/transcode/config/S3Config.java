package io.rostrum.transcode.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The object store. */
@ConfigMapping(prefix = "rostrum.s3")
public interface S3Config {
  /** Base address of the S3 service. */
  @WithDefault("http://127.0.0.1:9000")
  String endpoint();

  /** Access key. */
  @WithDefault("rostrum")
  String accessKey();

  /** Secret key. */
  @WithDefault("rostrum-secret")
  String secretKey();

  /** Bucket; it must exist. */
  @WithDefault("rostrum")
  String bucket();

  /** Region as signed into requests. */
  @WithDefault("us-east-1")
  String region();
}

package io.rostrum.transcode.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.rostrum.localstack.test.S3Process;
import io.rostrum.transcode.config.S3Config;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the transcoder asks of an object store, of a real one. */
class ObjectStoreIT {
  @Test
  void objectThatIsThere_isLeftAlone() throws Exception {
    try (S3Process s3 = S3Process.start();
        ObjectStore store = new ObjectStore(config(s3))) {
      store.put("b/one/source/1.m4s", new byte[] {1, 2, 3}, "video/iso.segment");
      StatObjectResponse before = stat(s3, "b/one/source/1.m4s");

      store.put("b/one/source/1.m4s", new byte[] {4, 5}, "video/iso.segment");

      StatObjectResponse after = stat(s3, "b/one/source/1.m4s");
      assertThat(after.size()).isEqualTo(3);
      assertThat(after.etag()).isEqualTo(before.etag());
      assertThat(after.lastModified()).isEqualTo(before.lastModified());
    }
  }

  private static StatObjectResponse stat(S3Process s3, String key) throws Exception {
    return MinioClient.builder()
        .endpoint(s3.endpoint())
        .credentials(s3.accessKey(), s3.secretKey())
        .build()
        .statObject(StatObjectArgs.builder().bucket(s3.bucket()).object(key).build());
  }

  private static S3Config config(S3Process s3) {
    return new SmallRyeConfigBuilder()
        .withMapping(S3Config.class)
        .withDefaultValues(
            Map.of(
                "rostrum.s3.endpoint", s3.endpoint(),
                "rostrum.s3.access-key", s3.accessKey(),
                "rostrum.s3.secret-key", s3.secretKey(),
                "rostrum.s3.bucket", s3.bucket()))
        .build()
        .getConfigMapping(S3Config.class);
  }
}

package io.rostrum.localstack.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * An S3 server with an empty bucket for a {@code @QuarkusTest}: sets {@code rostrum.s3.endpoint},
 * {@code .access-key}, {@code .secret-key} and {@code .bucket}. A field of the test of type {@link
 * S3Process} that is annotated with {@link Part} is set to it.
 */
public final class S3Resource implements QuarkusTestResourceLifecycleManager {

  private S3Process s3;

  @Override
  public Map<String, String> start() {
    s3 = S3Process.start();
    return Map.of(
        "rostrum.s3.endpoint", s3.endpoint(),
        "rostrum.s3.access-key", s3.accessKey(),
        "rostrum.s3.secret-key", s3.secretKey(),
        "rostrum.s3.bucket", s3.bucket());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        s3, new TestInjector.AnnotatedAndMatchesType(Part.class, S3Process.class));
  }

  @Override
  public void stop() {
    if (s3 != null) {
      s3.close();
    }
  }
}

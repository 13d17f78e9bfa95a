package io.rostrum.catalog.stack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts the {@link TestStack} and configures the catalog for it and for quick tests. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
  /** As the catalog and the tests know it. */
  public static final String PLAYBACK_SECRET = "a-secret-for-tests-with-more-than-32-bytes";

  private TestStack stack;

  @Override
  public Map<String, String> start() {
    // Kafka's client loads classes through the thread's class loader; that of this thread may be
    // another one than ours.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(getClass().getClassLoader());
    try {
      stack = TestStack.start();
    } finally {
      thread.setContextClassLoader(before);
    }
    Map<String, String> config = new HashMap<>();
    config.put("kafka.bootstrap.servers", stack.kafkaBootstrapServers());
    config.put("quarkus.datasource.jdbc.url", stack.jdbcUrl());
    config.put("quarkus.datasource.username", stack.jdbcUser());
    config.put("quarkus.datasource.password", stack.jdbcPassword());
    config.put("rostrum.s3.endpoint", stack.s3Endpoint());
    config.put("rostrum.s3.access-key", stack.s3AccessKey());
    config.put("rostrum.s3.secret-key", stack.s3SecretKey());
    config.put("rostrum.s3.bucket", stack.s3Bucket());
    config.put("rostrum.playback.secret", PLAYBACK_SECRET);
    config.put("rostrum.public-url", "https://rostrum.example");
    config.put("rostrum.rtmp-url", "rtmp://ingest.example/live");
    config.put("rostrum.stream-keys.max-valid", "5");
    config.put("rostrum.deletion.sweeps", "0s,2s");
    config.put("rostrum.deletion.poll-interval", "200ms");
    config.put("rostrum.deletion.retry-delay", "200ms");
    config.put("rostrum.deletion.max-retry-delay", "1s");
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        stack, new TestInjector.AnnotatedAndMatchesType(Stack.class, TestStack.class));
  }

  @Override
  public void stop() {
    if (stack != null) {
      stack.close();
    }
  }
}

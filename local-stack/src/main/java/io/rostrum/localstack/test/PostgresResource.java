package io.rostrum.localstack.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Postgres with an empty database for a {@code @QuarkusTest}: sets URL, user and password of the
 * default datasource. A field of the test of type {@link PostgresProcess} that is annotated with
 * {@link Part} is set to it.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  private PostgresProcess postgres;

  @Override
  public Map<String, String> start() {
    postgres = PostgresProcess.start();
    return Map.of(
        "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
        "quarkus.datasource.username", postgres.username(),
        "quarkus.datasource.password", postgres.password());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        postgres, new TestInjector.AnnotatedAndMatchesType(Part.class, PostgresProcess.class));
  }

  @Override
  public void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }
}

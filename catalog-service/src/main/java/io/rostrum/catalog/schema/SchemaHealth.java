package io.rostrum.catalog.schema;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the schema is migrated. */
@Readiness
@ApplicationScoped
class SchemaHealth implements HealthCheck {
  private final SchemaMigration migration;

  SchemaHealth(SchemaMigration migration) {
    this.migration = migration;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("schema").status(migration.isReady()).build();
  }
}

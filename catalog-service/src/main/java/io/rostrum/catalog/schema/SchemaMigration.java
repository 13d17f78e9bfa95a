package io.rostrum.catalog.schema;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.catalog.work.WorkLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Migrates the schema once Postgres answers. Not at start-up: a catalog that comes up before its
 * database waits for it instead of dying.
 */
@ApplicationScoped
public class SchemaMigration {
  private static final Logger LOG = Logger.getLogger(SchemaMigration.class);
  private static final Duration NOTHING_LEFT = Duration.ofDays(1);

  private final Flyway flyway;
  private final Event<SchemaReady> schemaReady;
  private final WorkLoop loop = new WorkLoop("schema-migration", this::migrate);
  private volatile boolean ready;

  SchemaMigration(Flyway flyway, Event<SchemaReady> schemaReady) {
    this.flyway = flyway;
    this.schemaReady = schemaReady;
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.close();
  }

  /** Whether the schema is the one this version works on. */
  public boolean isReady() {
    return ready;
  }

  private Duration migrate() {
    if (!ready) {
      var result = flyway.migrate();
      LOG.infof(
          "Schema is ready version=%s migrations=%d",
          result.targetSchemaVersion, result.migrationsExecuted);
      ready = true;
      schemaReady.fire(new SchemaReady());
    }
    return NOTHING_LEFT;
  }
}

package io.rostrum.catalog.schema;

import io.rostrum.catalog.problem.Problem;
import io.rostrum.catalog.problem.ProblemKind;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers 503 until the schema is there: the tables would be missing. */
class SchemaGate {
  private final SchemaMigration migration;

  SchemaGate(SchemaMigration migration) {
    this.migration = migration;
  }

  @ServerRequestFilter
  Optional<Response> refuseBeforeMigration() {
    if (migration.isReady()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                ProblemKind.DATABASE_AWAY,
                "The catalog is starting and waits for its database. Try again in a few seconds.")
            .toResponse());
  }
}

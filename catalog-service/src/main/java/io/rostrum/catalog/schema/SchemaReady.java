package io.rostrum.catalog.schema;

/** CDI event: the schema is migrated, work on the database may begin. Fired once, by its thread. */
public record SchemaReady() {}

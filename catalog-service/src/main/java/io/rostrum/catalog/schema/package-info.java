/** The database schema: migrated in the background, so that Postgres may come after the catalog. */
package io.rostrum.catalog.schema;

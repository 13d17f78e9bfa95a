/** The Postgres server, run directly as a process of its own. */
package io.rostrum.localstack.postgres;

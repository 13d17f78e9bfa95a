/**
 * Rostrum's surroundings on one machine, without Docker: Kafka, Postgres, an S3 server and Keycloak
 * from Maven artifacts, each a process of its own, the launcher behind {@code ./rostrum}, the edge,
 * the demo publisher, and the test resources of the services.
 */
package io.rostrum.localstack;

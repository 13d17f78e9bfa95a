/**
 * Real parts for tests: Kafka, Postgres and S3 as processes with random ports and temporary
 * directories, which end with the test or with its JVM, whatever comes first. {@code *Process} for
 * plain JUnit, {@code *Resource} for {@code @QuarkusTest} with {@code @WithTestResource} or
 * {@code @QuarkusTestResource}.
 */
package io.rostrum.localstack.test;

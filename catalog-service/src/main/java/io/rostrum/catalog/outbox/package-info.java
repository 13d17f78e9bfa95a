/**
 * The transactional outbox: a change and its record for the {@code broadcasts} topic are one
 * transaction, and a relay brings the records to Kafka in order, each at least once.
 */
package io.rostrum.catalog.outbox;

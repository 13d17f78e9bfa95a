/**
 * What the services of Rostrum agree on: the Kafka topics and what is in them, and where bytes lie
 * in the object store.
 *
 * <p>Every record is keyed by the broadcast's id, all topics have the same number of partitions,
 * and the order within a partition is the truth. Sub-packages are named after what flows: {@code
 * broadcast} (intent), {@code source} (what a publisher sent), {@code media} (parts of renditions),
 * {@code timeline} (facts), {@code storage} (object keys), {@code access} (who may watch), {@code
 * codec} (the pipe to the codec worker).
 */
package io.rostrum.contracts;

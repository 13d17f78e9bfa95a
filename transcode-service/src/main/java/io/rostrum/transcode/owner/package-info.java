/**
 * Ownership of partitions: the loop that reads the source, the transactions that make facts and
 * offsets one, and the fences that keep a replaced owner from writing.
 *
 * <p>Two fences stand behind each other. The transactional id belongs to the partition, so the
 * first transaction of a new owner ends those of the old one. And offsets are committed with the
 * consumer group's generation, so an owner that was replaced without knowing cannot commit even in
 * a partition where the new one has written nothing yet.
 */
package io.rostrum.transcode.owner;

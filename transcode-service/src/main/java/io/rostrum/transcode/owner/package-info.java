/**
 * Ownership of partitions: the loop that reads the source, the transactions that make facts and
 * offsets one, and the fences that keep a replaced owner from writing.
 *
 * <p>Two fences stand behind each other. The transactional id belongs to the partition, and parts
 * go the same way as facts: whoever claims a partition ends the transaction of the owner before,
 * learns what came of it, and only then reads the checkpoint; from there on the broker takes
 * nothing more from that owner, however much it has in its buffers when it wakes. And offsets are
 * committed with the consumer group's generation, so an owner that was replaced without knowing
 * cannot commit even in a partition that the new one has not claimed yet.
 */
package io.rostrum.transcode.owner;

/**
 * Turns what publishers sent into segments of every rendition, and the facts about them.
 *
 * <p>One thread, the {@linkplain io.rostrum.transcode.owner.OwnerLoop owner loop}, reads the {@code
 * source} topic and owns everything that happens to the broadcasts of its partitions. Around it
 * work threads that only wait: one per codec child, a few for the object store, one for the {@code
 * broadcasts} topic. They hand their results back to the loop.
 *
 * <p>The service is crash-only: whatever goes wrong with Kafka, the loop drops all it holds and
 * starts from the checkpoints again, exactly as another instance would.
 */
package io.rostrum.transcode;

/**
 * The index of the timelines: facts go from the {@code timeline} topic into Postgres, each exactly
 * once, whatever dies in between; {@link io.rostrum.catalog.timeline.TimelineResource} shows them.
 *
 * <p>The offset of the next record is kept next to the facts and moves in the same transaction;
 * Kafka's own offsets are not used. Several catalog instances may index at the same time: a
 * partition's position is locked while facts of it are stored, and whoever comes second skips what
 * is there.
 */
package io.rostrum.catalog.timeline;

/**
 * The append-only, totally ordered facts of a broadcast: the values of the {@code timeline} topic
 * and of the timeline pages in the object store. Written by transcode only; what the catalog
 * indexes and every playlist is made from.
 *
 * <p>Order per segment: {@link io.rostrum.contracts.timeline.Fact.Open} before any of its parts is
 * visible, then {@link io.rostrum.contracts.timeline.Fact.Close}, later {@link
 * io.rostrum.contracts.timeline.Fact.Stored}. The close of a segment comes before the open of the
 * next one.
 */
package io.rostrum.contracts.timeline;

/**
 * Playback: turns the timeline and the media of broadcasts into HLS for viewers, live, in rewind
 * and as replay, and serves the web app.
 *
 * <ul>
 *   <li>{@code intake} reads Kafka: intents, facts, parts.
 *   <li>{@code broadcast} folds them into what viewers see, and holds requests for what comes next.
 *   <li>{@code segment} keeps the bytes: hot parts on the heap, segments in the spool on disk.
 *   <li>{@code storage} reads segments and timelines of the past from the object store.
 *   <li>{@code access} decides who may watch.
 *   <li>{@code http} answers.
 * </ul>
 *
 * <p>Threads: one per Kafka topic writes; event loops read immutable views; a few workers wait for
 * the object store. A node has no state that is not read again at its next start.
 */
package io.rostrum.playback;

/**
 * What ingest knows of broadcasts: read from the {@code broadcasts} and {@code timeline} topics,
 * held in memory.
 */
package io.rostrum.ingest.broadcast;

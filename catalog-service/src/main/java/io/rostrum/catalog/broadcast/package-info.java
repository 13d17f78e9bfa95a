/**
 * A broadcast: what producers want of it ({@link io.rostrum.catalog.broadcast.Broadcast}) and what
 * became of it ({@link io.rostrum.catalog.broadcast.Progress}). The first is written by REST calls
 * only, the second by the timeline's indexer only; they never wait for each other's locks.
 */
package io.rostrum.catalog.broadcast;

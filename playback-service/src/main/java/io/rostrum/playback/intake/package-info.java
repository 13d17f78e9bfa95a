/**
 * The topics that playback reads, each on a thread of its own, without a consumer group: every node
 * reads everything.
 */
package io.rostrum.playback.intake;

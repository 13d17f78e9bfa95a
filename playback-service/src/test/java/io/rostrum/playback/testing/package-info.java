/** Broadcasts for tests, written as transcode writes them. */
package io.rostrum.playback.testing;

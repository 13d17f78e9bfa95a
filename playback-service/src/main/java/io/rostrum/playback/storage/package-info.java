/** The object store: segments and timelines of the past. */
package io.rostrum.playback.storage;

/**
 * Start-over and clips: a range of a broadcast as a presentation of its own, from the segments that
 * are there. No byte of media is copied.
 */
package io.rostrum.playback.clip;

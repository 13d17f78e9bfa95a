/**
 * What viewers see of a broadcast: the fold of its timeline and its parts, and the requests that
 * wait for more of it.
 */
package io.rostrum.playback.broadcast;

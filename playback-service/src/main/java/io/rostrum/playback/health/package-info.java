/** Readiness and metrics. */
package io.rostrum.playback.health;

/**
 * Playback: what a playlist, a segment, a refresh and a held viewer cost, beside nginx with the
 * same bytes; and viewers that follow the parts as players do, thousands in one process.
 */
package io.rostrum.benchmarks.playback;

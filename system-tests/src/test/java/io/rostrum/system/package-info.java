/**
 * The whole system from outside, as its users meet it: the launcher starts it, ffmpeg publishes,
 * Chromium watches, and processes die. One stack serves all tests of a run.
 */
package io.rostrum.system;

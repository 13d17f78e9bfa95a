/** Playback sessions: the audience check that playback's cookie and token stand for. */
package io.rostrum.catalog.playbacksession;

/**
 * The storyboard: WebVTT cues that name small pictures for a player's time range, and the
 * broadcast's poster. Cues are made from the timeline alone, pictures come from the object store.
 */
package io.rostrum.playback.storyboard;

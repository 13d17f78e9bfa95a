/**
 * The audio of one source segment in, AAC frames on the broadcast's grid out: a pure function of
 * the segment's samples, its pre-roll and its post-roll.
 *
 * <pre>
 * samples -> AudioDecoder (and channels) -> SoundLine (holes, sample rate) -> FrameCutter (the grid) -> AacEncoder -> replies
 * </pre>
 *
 * All on the worker's thread: it costs about a hundredth of a core.
 */
package io.rostrum.codecworker.audio;

package io.rostrum.transcode.storyboard;

/**
 * A small picture of what is shown at a moment, as it comes from the codec child.
 *
 * @param ticks media time from which it is shown, 90 kHz
 * @param jpeg baseline JPEG
 * @param poster its larger form; empty where there is none
 */
public record Thumbnail(long ticks, byte[] jpeg, byte[] poster) {}

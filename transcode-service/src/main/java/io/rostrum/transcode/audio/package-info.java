/**
 * Encodes the sound of segments that cannot be passed through, in a codec child of its own: so that
 * it never waits for pictures, and whatever kills their decoder does not silence the broadcast.
 */
package io.rostrum.transcode.audio;

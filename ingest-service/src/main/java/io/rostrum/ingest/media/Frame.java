package io.rostrum.ingest.media;

import java.time.Instant;

/**
 * An access unit as it came in, before it has a place on a publication's clock.
 *
 * @param timeUs decode time in microseconds on the sender's clock, unwrapped
 * @param compositionMs presentation minus decode time; 0 for audio
 * @param sync an IDR picture; every frame of audio
 * @param arrived when it came, on a clock that does not step
 */
record Frame(
    boolean video, long timeUs, int compositionMs, boolean sync, byte[] data, Instant arrived) {

  long presentationUs() {
    return timeUs + compositionMs * 1000L;
  }
}

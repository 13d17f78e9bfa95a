package io.rostrum.ingest.media;

import io.rostrum.media.CodedBytes;
import java.time.Instant;

/**
 * An access unit as it came in, before it has a place on a publication's clock.
 *
 * @param timeUs decode time in microseconds on the sender's clock, unwrapped
 * @param compositionUs presentation minus decode time; 0 for audio
 * @param samples duration in samples of the track's rate; 0 for video, which lasts until the next
 * @param sync a picture that decoding can start at; every frame of audio
 * @param arrived when it came, on a clock that does not step
 */
record Frame(
    boolean video,
    long timeUs,
    long compositionUs,
    int samples,
    boolean sync,
    CodedBytes coded,
    Instant arrived) {

  long presentationUs() {
    return timeUs + compositionUs;
  }
}

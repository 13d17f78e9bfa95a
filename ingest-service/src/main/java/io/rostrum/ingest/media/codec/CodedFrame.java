package io.rostrum.ingest.media.codec;

import java.util.Objects;

/**
 * One access unit of audio, in the form in which it is stored.
 *
 * @param samples how long it lasts, in samples of the format's rate; at least 1
 * @param data given away; not copied
 */
public record CodedFrame(int samples, byte[] data) {
  public CodedFrame {
    Objects.requireNonNull(data, "data");
    if (samples < 1) {
      throw new IllegalArgumentException("A frame lasts at least one sample, not " + samples);
    }
  }
}

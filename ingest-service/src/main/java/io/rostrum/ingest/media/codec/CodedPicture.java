package io.rostrum.ingest.media.codec;

import io.rostrum.media.CodedBytes;
import java.util.Objects;

/**
 * One access unit of video, in the form in which it is stored.
 *
 * @param sync whether decoding can start here
 * @param sample given away; not copied
 */
public record CodedPicture(boolean sync, CodedBytes sample) {
  public CodedPicture {
    Objects.requireNonNull(sample, "sample");
  }

  /** One whose sample is a whole array. */
  public CodedPicture(boolean sync, byte[] sample) {
    this(sync, CodedBytes.of(sample));
  }
}

package io.rostrum.playback.segment;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.Fragment;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the first picture that needs no other out of a part: a fragment with this one sample. Pure,
 * so every node gives the same bytes.
 *
 * <p>§4.4.3.6 knows byte ranges for this, from a fragment's start to the end of its first sample;
 * such a range ends within the mdat that its header announces, which Media Source Extensions do not
 * take. A fragment of its own is whole for everybody.
 */
public final class IframeCutter {
  private IframeCutter() {}

  /**
   * @param part whole fragments of one track
   * @return the fragment; empty if no picture of the part stands alone
   * @throws MalformedMediaException if the part is not what it should be
   */
  public static Optional<byte[]> cut(byte[] part) throws MalformedMediaException {
    for (Fragment fragment : Fragment.readAll(part)) {
      for (AccessUnit picture : fragment.samples()) {
        if (picture.sync()) {
          return Optional.of(
              new Fragment(fragment.sequenceNumber(), fragment.trackId(), List.of(picture))
                  .write());
        }
      }
    }
    return Optional.empty();
  }
}

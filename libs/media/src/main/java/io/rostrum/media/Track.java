package io.rostrum.media;

import java.util.Objects;

/**
 * A track of a presentation.
 *
 * @param id the ISO BMFF track_ID, at least 1 (ISO/IEC 14496-12:2022 §8.3.2)
 * @param format what its access units are
 */
public record Track(int id, TrackFormat format) {
  public Track {
    Objects.requireNonNull(format, "format");
    if (id < 1) {
      throw new IllegalArgumentException("A track_ID is at least 1, got " + id);
    }
  }
}

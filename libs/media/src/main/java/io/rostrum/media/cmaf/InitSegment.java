package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import java.util.List;
import java.util.Map;

/**
 * The initialization segment ("CMAF header", ISO/IEC 23000-19:2024 §7.3): {@code ftyp} and a {@code
 * moov} that holds formats and no samples. What EXT-X-MAP names.
 */
public final class InitSegment {

  /** Most tracks in a segment that is read or written. */
  public static final int MAX_TRACKS = 32;

  /** Largest segment that is read: real ones have about a kilobyte. */
  public static final int MAX_LENGTH_BYTES = 1 << 20;

  private InitSegment() {}

  /**
   * Writes an initialization segment. The same tracks always give the same bytes: there are no
   * clocks in it.
   *
   * @param tracks 1 to {@link #MAX_TRACKS} tracks with different ids
   */
  public static byte[] write(List<Track> tracks) {
    if (tracks.isEmpty() || tracks.size() > MAX_TRACKS) {
      throw new IllegalArgumentException(
          "An initialization segment has 1 to " + MAX_TRACKS + " tracks, not " + tracks.size());
    }
    if (tracks.stream().mapToInt(Track::id).distinct().count() != tracks.size()) {
      throw new IllegalArgumentException("Two tracks have the same id: " + tracks);
    }
    return InitSegmentWriter.write(tracks);
  }

  /**
   * Reads the tracks of an initialization segment, of any other file that begins with one, or of an
   * MP4 file with its {@code moov} in front. Tracks that are neither video nor audio are left out.
   *
   * @throws MalformedMediaException if it is none, or a track's codec is not one of this library
   */
  public static List<Track> read(byte[] init) throws MalformedMediaException {
    return InitSegmentReader.readTracks(init);
  }

  /**
   * The {@code trex} defaults by track id, for fragments of other writers that lean on them. What
   * {@link #write} makes has none that matter.
   *
   * @throws MalformedMediaException as for {@link #read}
   */
  public static Map<Integer, SampleDefaults> readDefaults(byte[] init)
      throws MalformedMediaException {
    return InitSegmentReader.readDefaults(init);
  }
}

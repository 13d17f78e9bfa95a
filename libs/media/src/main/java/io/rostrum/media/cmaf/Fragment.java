package io.rostrum.media.cmaf;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One {@code moof} and its {@code mdat}: a run of access units of one track ("CMAF chunk", ISO/IEC
 * 23000-19:2024 §7.3). Concatenated fragments of a track are a part, a segment, a recording.
 *
 * <p>Its base decode time is the decode time of the first sample. For playback without edit lists
 * that must be the first presentation time of the presentation's clock, with negative composition
 * offsets where frames are reordered; see {@link AccessUnit#decodedLaterBy}.
 *
 * @param sequenceNumber mfhd sequence_number, as 32 unsigned bits
 * @param trackId the track's id, at least 1
 * @param samples at least one; each begins, in decode time, where the one before it ends
 */
public record Fragment(int sequenceNumber, int trackId, List<AccessUnit> samples) {

  /** Most samples in a fragment that is read. */
  public static final int MAX_SAMPLES = 65_536;

  public Fragment {
    samples = List.copyOf(samples);
    if (trackId < 1) {
      throw new IllegalArgumentException("A track_ID is at least 1, got " + trackId);
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("A fragment holds at least one sample");
    }
    long expected = samples.get(0).decodeTimeTicks();
    if (expected < 0) {
      throw new IllegalArgumentException("A fragment cannot begin before time 0: " + expected);
    }
    for (AccessUnit sample : samples) {
      if (sample.decodeTimeTicks() != expected) {
        throw new IllegalArgumentException(
            "Samples of a fragment follow without gaps, expected decode time "
                + expected
                + ": "
                + sample);
      }
      expected = sample.endDecodeTimeTicks();
    }
  }

  /** Decode time of the first sample: what {@code tfdt} says. */
  public long baseDecodeTimeTicks() {
    return samples.get(0).decodeTimeTicks();
  }

  /**
   * Decode time after the last sample: base decode time of a fragment that follows without a gap.
   */
  public long endDecodeTimeTicks() {
    return samples.get(samples.size() - 1).endDecodeTimeTicks();
  }

  /** Whether decoding can start with this fragment. */
  public boolean startsWithSync() {
    return samples.get(0).sync();
  }

  /** Length of what {@link #write} returns. */
  public int lengthBytes() {
    return FragmentLayout.of(samples).totalLength();
  }

  /**
   * The boxes, in one array of exactly their size. The same fragment always gives the same bytes.
   */
  public byte[] write() {
    return FragmentWriter.write(this);
  }

  /**
   * Writes the boxes to where a buffer stands, and moves it behind them.
   *
   * @param to over an array, with at least {@link #lengthBytes} left
   */
  public void write(ByteBuffer to) {
    FragmentWriter.write(this, to);
  }

  /**
   * Reads every fragment in a sequence of boxes: any number of {@code moof} with their {@code
   * mdat}, each with one or more track fragments. Other boxes ({@code styp}, {@code sidx}, {@code
   * prft}, {@code emsg}, also {@code ftyp} and {@code moov}) are passed over.
   *
   * @return one fragment per track fragment, in order; empty if there is none
   * @throws MalformedMediaException if a box is broken, a sample lies outside every {@code mdat},
   *     or a fragment leans on {@code trex} defaults
   */
  public static List<Fragment> readAll(byte[] boxes) throws MalformedMediaException {
    return readAll(boxes, Map.of());
  }

  /**
   * The same for fragments of writers that lean on {@code trex}.
   *
   * @param defaults from {@link InitSegment#readDefaults}, by track id
   */
  public static List<Fragment> readAll(byte[] boxes, Map<Integer, SampleDefaults> defaults)
      throws MalformedMediaException {
    return new FragmentReader(boxes, Objects.requireNonNull(defaults)).readAll();
  }
}

package io.rostrum.media.avc;

import io.rostrum.media.CodedBytes;
import io.rostrum.media.MalformedMediaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A publisher's access unit, sorted into what stays in the sample and what does not. Delimiters,
 * filler and end-of-sequence marks carry nothing a viewer needs; parameter sets belong into the
 * sample entry ({@code avc1}, ISO/IEC 14496-15:2022 §5.4.2.1), so a set that differs from the
 * announced ones means a new configuration.
 *
 * @param units what stays, in order; views of the publisher's array. Empty if nothing but the above
 *     was there
 * @param sequenceParameterSets SPS that were found in band, as copies
 * @param pictureParameterSets PPS that were found in band, as copies
 * @param idr whether it holds an IDR slice, so that decoding can start here
 */
public record AvcAccessUnit(
    List<NalUnit> units,
    List<byte[]> sequenceParameterSets,
    List<byte[]> pictureParameterSets,
    boolean idr) {

  public AvcAccessUnit {
    units = List.copyOf(units);
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
  }

  /**
   * Reads a publisher's bytes, which should be length-prefixed. Some devices put Annex B into FLV
   * instead: bytes that make no sense as lengths but begin with a start code are read as that.
   *
   * @param lengthSize from {@link AvcDecoderConfig#lengthSize()}
   * @throws MalformedMediaException if the bytes are neither
   */
  public static AvcAccessUnit parse(byte[] data, int offset, int length, int lengthSize)
      throws MalformedMediaException {
    try {
      return of(NalUnits.lengthPrefixed(data, offset, length, lengthSize));
    } catch (MalformedMediaException e) {
      if (NalUnits.beginsWithStartCode(data, offset, length)) {
        return of(NalUnits.annexB(data, offset, length));
      }
      throw e;
    }
  }

  /** Reads a whole array; see {@link #parse(byte[], int, int, int)}. */
  public static AvcAccessUnit parse(byte[] data, int lengthSize) throws MalformedMediaException {
    return parse(data, 0, data.length, lengthSize);
  }

  /** Sorts units that some other framing has delivered. */
  public static AvcAccessUnit of(List<NalUnit> all) {
    List<NalUnit> units = new ArrayList<>(all.size());
    List<byte[]> sps = new ArrayList<>(1);
    List<byte[]> pps = new ArrayList<>(1);
    boolean idr = false;
    for (NalUnit unit : all) {
      int type = unit.type();
      if (type == NalUnit.TYPE_SPS) {
        sps.add(unit.toByteArray());
      } else if (type == NalUnit.TYPE_PPS) {
        pps.add(unit.toByteArray());
      } else if (!isDispensable(type)) {
        idr |= type == NalUnit.TYPE_IDR_SLICE;
        units.add(unit);
      }
    }
    return new AvcAccessUnit(units, sps, pps, idr);
  }

  private static boolean isDispensable(int type) {
    return type == NalUnit.TYPE_ACCESS_UNIT_DELIMITER
        || type == NalUnit.TYPE_FILLER_DATA
        || type == NalUnit.TYPE_END_OF_SEQUENCE
        || type == NalUnit.TYPE_END_OF_STREAM;
  }

  /** Whether it holds any picture data; without, there is nothing to show. */
  public boolean hasPicture() {
    return units.stream().anyMatch(NalUnit::isSlice);
  }

  /** Whether parameter sets were found in band. */
  public boolean hasParameterSets() {
    return !sequenceParameterSets.isEmpty() || !pictureParameterSets.isEmpty();
  }

  /**
   * The sample as the house stores it: each unit behind a length of four bytes. A view of the
   * publisher's array where that is laid out so.
   */
  public CodedBytes toSample() {
    return NalUnits.asLengthPrefixed(units);
  }
}

package io.rostrum.media.hevc;

import io.rostrum.media.CodedBytes;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.avc.NalUnit;
import io.rostrum.media.avc.NalUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * A publisher's HEVC access unit, sorted into what stays in the sample ({@code hvc1}, ISO/IEC
 * 14496-15:2022 §8.4.1) and the parameter sets, which do not.
 *
 * @param units what stays, in order; views of the publisher's array. {@link NalUnit#type()} does
 *     not apply: use {@link #typeOf}
 * @param parameterSets VPS, SPS and PPS that were found in band, as copies
 * @param randomAccess whether it holds an IRAP picture (IDR, BLA or CRA), so that decoding can
 *     start here
 */
public record HevcAccessUnit(
    List<NalUnit> units, List<byte[]> parameterSets, boolean randomAccess) {

  /** ITU-T H.265 (08/2021) table 7-1, as all below. */
  public static final int TYPE_BLA_W_LP = 16;

  public static final int TYPE_IDR_W_RADL = 19;
  public static final int TYPE_IDR_N_LP = 20;
  public static final int TYPE_CRA = 21;
  public static final int TYPE_VPS = 32;
  public static final int TYPE_SPS = 33;
  public static final int TYPE_PPS = 34;
  public static final int TYPE_ACCESS_UNIT_DELIMITER = 35;
  public static final int TYPE_END_OF_SEQUENCE = 36;
  public static final int TYPE_END_OF_BITSTREAM = 37;
  public static final int TYPE_FILLER_DATA = 38;

  private static final int LAST_IRAP_TYPE = 23;

  public HevcAccessUnit {
    units = List.copyOf(units);
    parameterSets = List.copyOf(parameterSets);
  }

  /** nal_unit_type of an HEVC NAL unit: six bits after the forbidden zero bit. */
  public static int typeOf(NalUnit unit) {
    return unit.buffer()[unit.offset()] >> 1 & 0x3F;
  }

  /**
   * Reads a publisher's bytes, which should be length-prefixed. Bytes that make no sense as lengths
   * but begin with a start code are read as Annex B, as in H.264.
   *
   * @param lengthSize from {@link HevcDecoderConfig#lengthSize()}
   * @throws MalformedMediaException if they are neither
   */
  public static HevcAccessUnit parse(byte[] data, int offset, int length, int lengthSize)
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

  /** Sorts units that some other framing has delivered. */
  public static HevcAccessUnit of(List<NalUnit> all) {
    List<NalUnit> units = new ArrayList<>(4);
    List<byte[]> sets = new ArrayList<>(3);
    boolean randomAccess = false;
    for (NalUnit unit : all) {
      int type = typeOf(unit);
      if (type >= TYPE_VPS && type <= TYPE_PPS) {
        sets.add(unit.toByteArray());
      } else if (type < TYPE_ACCESS_UNIT_DELIMITER || type > TYPE_FILLER_DATA) {
        randomAccess |= type >= TYPE_BLA_W_LP && type <= LAST_IRAP_TYPE;
        units.add(unit);
      }
    }
    return new HevcAccessUnit(units, sets, randomAccess);
  }

  /** Whether it holds any picture data: types 0 to 31. */
  public boolean hasPicture() {
    return units.stream().anyMatch(unit -> typeOf(unit) < TYPE_VPS);
  }

  /**
   * The sample as the house stores it: each unit behind a length of four bytes. A view of the
   * publisher's array where that is laid out so.
   */
  public CodedBytes toSample() {
    return NalUnits.asLengthPrefixed(units);
  }
}

package io.rostrum.media.hevc;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.avc.EmulationPrevention;
import io.rostrum.media.bits.BitReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An {@code HEVCDecoderConfigurationRecord} ({@code hvcC}), ISO/IEC 14496-15:2022 §8.3.3.1.
 * Profile, tier and level stay as the bytes they are: their only use is in the codec string, which
 * reads them from the record. Arrays are not copied.
 *
 * @param header the 21 bytes before lengthSizeMinusOne
 * @param layerBits the byte with frame rate kind, temporal layers and, in its low two bits,
 *     lengthSizeMinusOne
 * @param parameterSets NAL units in the record's order: VPS, SPS, PPS and perhaps SEI
 */
public record HevcDecoderConfig(byte[] header, int layerBits, List<ParameterSet> parameterSets) {

  private static final String FORMAT = "hvcC";
  private static final int HEADER_LENGTH = 21;
  private static final int MAX_LENGTH_BYTES = 1 << 20;
  private static final int ARRAY_COMPLETE = 0x80;
  private static final int MAX_IN_BAND_SETS = 255;
  private static final int[] TYPES = {
    HevcAccessUnit.TYPE_VPS, HevcAccessUnit.TYPE_SPS, HevcAccessUnit.TYPE_PPS
  };

  /**
   * A parameter set.
   *
   * @param arrayHeader array_completeness and NAL_unit_type, as the record has them
   * @param nalUnit the unit with its two header bytes
   */
  public record ParameterSet(int arrayHeader, byte[] nalUnit) {
    /** nal_unit_type: {@link HevcAccessUnit#TYPE_VPS} and so on. */
    public int type() {
      return arrayHeader & 0x3F;
    }
  }

  public HevcDecoderConfig {
    parameterSets = List.copyOf(parameterSets);
    if (header.length != HEADER_LENGTH) {
      throw new IllegalArgumentException("The record's header has 21 bytes, not " + header.length);
    }
  }

  /**
   * Reads a record.
   *
   * @throws MalformedMediaException if it is not one, or holds no SPS
   */
  public static HevcDecoderConfig parse(byte[] hvcC) throws MalformedMediaException {
    if (hvcC.length > MAX_LENGTH_BYTES) {
      throw MalformedMediaException.limit(FORMAT, "more than 1 MiB", 0);
    }
    BitReader bits = new BitReader(FORMAT, hvcC);
    bits.skip(8 * HEADER_LENGTH);
    // Early drafts wrote version 0; the layout is the same.
    if (hvcC[0] != 1 && hvcC[0] != 0) {
      throw MalformedMediaException.unsupported(FORMAT, "configurationVersion " + hvcC[0], 0);
    }
    int layerBits = bits.intBits(8);
    if ((layerBits & 3) == 2) {
      throw bits.malformed("lengthSizeMinusOne is 2, only 0, 1 and 3 are allowed");
    }
    int arrays = bits.intBits(8);
    List<ParameterSet> sets = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      int arrayHeader = bits.intBits(8);
      int count = bits.intBits(16);
      for (int j = 0; j < count; j++) {
        int length = bits.intBits(16);
        int start = bits.positionBits() / 8;
        bits.skip(8 * length);
        sets.add(new ParameterSet(arrayHeader, Arrays.copyOfRange(hvcC, start, start + length)));
      }
    }
    HevcDecoderConfig config =
        new HevcDecoderConfig(Arrays.copyOf(hvcC, HEADER_LENGTH), layerBits, sets);
    if (sets.stream().noneMatch(set -> set.type() == HevcAccessUnit.TYPE_SPS)) {
      throw MalformedMediaException.malformed(FORMAT, "holds no SPS", -1);
    }
    return config;
  }

  /**
   * A record for parameter sets that came in band: four-byte lengths, profile, tier and level of
   * the first SPS.
   *
   * @param sets NAL units of type VPS, SPS and PPS in any order
   * @return empty unless there is at least one of each
   * @throws MalformedMediaException if the first SPS cannot be read
   */
  public static Optional<HevcDecoderConfig> ofParameterSets(List<byte[]> sets)
      throws MalformedMediaException {
    List<ParameterSet> sorted = new ArrayList<>(sets.size());
    for (int type : TYPES) {
      int before = sorted.size();
      for (byte[] set : sets) {
        if (typeOf(set) == type) {
          sorted.add(new ParameterSet(ARRAY_COMPLETE | type, set));
        }
      }
      if (sorted.size() == before) {
        return Optional.empty();
      }
    }
    if (sorted.size() > MAX_IN_BAND_SETS) {
      throw MalformedMediaException.limit(FORMAT, "made of " + sorted.size() + " sets", -1);
    }
    byte[] sps =
        sorted.stream()
            .filter(set -> set.type() == HevcAccessUnit.TYPE_SPS)
            .findFirst()
            .orElseThrow()
            .nalUnit();
    return Optional.of(new HevcDecoderConfig(headerOf(sps), layerBitsOf(sps), sorted));
  }

  /**
   * The same configuration with other parameter sets: those of the types given replace what is
   * here.
   *
   * @throws MalformedMediaException if an SPS among them cannot be read
   */
  public HevcDecoderConfig withParameterSets(List<byte[]> sets) throws MalformedMediaException {
    List<byte[]> all = new ArrayList<>(sets);
    for (ParameterSet known : parameterSets) {
      if (sets.stream().noneMatch(set -> typeOf(set) == known.type())) {
        all.add(known.nalUnit());
      }
    }
    Optional<HevcDecoderConfig> made = ofParameterSets(all);
    if (made.isEmpty()) {
      throw MalformedMediaException.malformed(FORMAT, "lacks a kind of parameter set", -1);
    }
    HevcDecoderConfig config = made.get();
    return new HevcDecoderConfig(
        config.header, config.layerBits & ~3 | layerBits & 3, config.parameterSets);
  }

  private static int typeOf(byte[] nalUnit) {
    return nalUnit[0] >> 1 & 0x3F;
  }

  /**
   * The record up to lengthSizeMinusOne: the twelve bytes of general profile, tier and level stand
   * in the SPS as they stand here, ITU-T H.265 (08/2021) §7.3.3.
   */
  private static byte[] headerOf(byte[] sps) throws MalformedMediaException {
    HevcSequenceParameterSet read = HevcSequenceParameterSet.parse(sps);
    byte[] payload = EmulationPrevention.remove(sps, 2, sps.length - 2);
    ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
    header.put((byte) 1).put(payload, 1, 12);
    header.putShort((short) 0xF000).put((byte) 0xFC); // segmentation and parallelism: unknown
    header.put((byte) (0xFC | read.chromaFormatIdc()));
    header.put((byte) (0xF8 | read.bitDepthLuma() - 8));
    header.put((byte) (0xF8 | read.bitDepthChroma() - 8));
    header.putShort((short) 0); // avgFrameRate: unspecified
    return header.array();
  }

  /**
   * No statement on constant frame rate; numTemporalLayers, temporalIdNested, four-byte lengths.
   */
  private static int layerBitsOf(byte[] sps) {
    int first = sps[2];
    int subLayers = (first >> 1 & 7) + 1;
    return subLayers << 3 | (first & 1) << 2 | 3;
  }

  /** Bytes in front of each NAL unit of a sample: 1, 2 or 4. */
  public int lengthSize() {
    return (layerBits & 3) + 1;
  }

  /** The same configuration for samples with lengths of four bytes. */
  public HevcDecoderConfig withFourByteLengths() {
    return new HevcDecoderConfig(header, layerBits | 3, parameterSets);
  }

  /**
   * The first SPS, read.
   *
   * @throws MalformedMediaException if it cannot be read
   */
  public HevcSequenceParameterSet sequenceParameterSet() throws MalformedMediaException {
    for (ParameterSet set : parameterSets) {
      if (set.type() == HevcAccessUnit.TYPE_SPS) {
        return HevcSequenceParameterSet.parse(set.nalUnit());
      }
    }
    throw MalformedMediaException.malformed(FORMAT, "holds no SPS", -1);
  }

  /** Whether every parameter set found in an access unit is among those announced here. */
  public boolean announces(HevcAccessUnit unit) {
    return unit.parameterSets().stream()
        .allMatch(
            found ->
                parameterSets.stream().anyMatch(known -> Arrays.equals(known.nalUnit(), found)));
  }

  /** The record. A new array. */
  public byte[] toByteArray() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(header);
    out.write(layerBits);
    int arrays = 0;
    for (int from = 0; from < parameterSets.size(); from = endOfArray(from)) {
      arrays++;
    }
    out.write(arrays);
    for (int from = 0; from < parameterSets.size(); from = endOfArray(from)) {
      out.write(parameterSets.get(from).arrayHeader());
      writeCount(out, endOfArray(from) - from);
      for (ParameterSet set : parameterSets.subList(from, endOfArray(from))) {
        writeCount(out, set.nalUnit().length);
        out.writeBytes(set.nalUnit());
      }
    }
    return out.toByteArray();
  }

  /** Neighbours with the same header stand in one array. */
  private int endOfArray(int from) {
    int end = from + 1;
    while (end < parameterSets.size()
        && parameterSets.get(end).arrayHeader() == parameterSets.get(from).arrayHeader()) {
      end++;
    }
    return end;
  }

  private static void writeCount(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  /** Compares the records that {@link #toByteArray} writes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HevcDecoderConfig that
        && Arrays.equals(toByteArray(), that.toByteArray());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toByteArray());
  }
}

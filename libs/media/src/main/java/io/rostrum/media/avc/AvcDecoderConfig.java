package io.rostrum.media.avc;

import io.rostrum.media.MalformedMediaException;
import java.util.Arrays;
import java.util.List;

/**
 * An {@code AVCDecoderConfigurationRecord} ({@code avcC}), ISO/IEC 14496-15:2022 §5.3.3.1: what a
 * decoder must know before the first picture. The parameter sets are not copied.
 *
 * @param profileIdc AVCProfileIndication
 * @param profileCompatibility constraint flags, as in the SPS's second payload byte
 * @param levelIdc AVCLevelIndication
 * @param lengthSize bytes in front of each NAL unit of a sample: 1, 2 or 4
 * @param sequenceParameterSets SPS NAL units, at least one
 * @param pictureParameterSets PPS NAL units, at least one
 * @param extension chroma format and bit depths; {@code null} where the record does not carry them,
 *     which real encoders omit even where the standard wants them
 */
public record AvcDecoderConfig(
    int profileIdc,
    int profileCompatibility,
    int levelIdc,
    int lengthSize,
    List<byte[]> sequenceParameterSets,
    List<byte[]> pictureParameterSets,
    HighProfileExtension extension) {

  /** Most SPS in a record: numOfSequenceParameterSets has five bits. */
  public static final int MAX_SPS = 31;

  /** Most PPS in a record: numOfPictureParameterSets has eight bits. */
  public static final int MAX_PPS = 255;

  /**
   * The fields that the record has for the high profiles.
   *
   * @param chromaFormat 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
   * @param bitDepthLuma 8 to 14
   * @param bitDepthChroma 8 to 14
   * @param sequenceParameterSetExtensions NAL units of type 13, usually none
   */
  public record HighProfileExtension(
      int chromaFormat,
      int bitDepthLuma,
      int bitDepthChroma,
      List<byte[]> sequenceParameterSetExtensions) {
    public HighProfileExtension {
      sequenceParameterSetExtensions = List.copyOf(sequenceParameterSetExtensions);
    }
  }

  public AvcDecoderConfig {
    sequenceParameterSets = List.copyOf(sequenceParameterSets);
    pictureParameterSets = List.copyOf(pictureParameterSets);
    if (lengthSize != 1 && lengthSize != 2 && lengthSize != 4) {
      throw new IllegalArgumentException("NAL unit lengths have 1, 2 or 4 bytes: " + lengthSize);
    }
    if (sequenceParameterSets.isEmpty() || pictureParameterSets.isEmpty()) {
      throw new IllegalArgumentException("A configuration needs an SPS and a PPS");
    }
    if (sequenceParameterSets.size() > MAX_SPS || pictureParameterSets.size() > MAX_PPS) {
      throw new IllegalArgumentException("More parameter sets than the record can count");
    }
  }

  /**
   * Reads a record.
   *
   * @throws MalformedMediaException if it is not one, or holds no parameter sets
   */
  public static AvcDecoderConfig parse(byte[] avcC) throws MalformedMediaException {
    return AvcDecoderConfigReader.read(avcC);
  }

  /**
   * A record for parameter sets that came in band, as with RTP: four-byte lengths, profile and
   * level of the first SPS.
   *
   * @throws MalformedMediaException if the first SPS cannot be read, or a set is too long or
   *     missing
   */
  public static AvcDecoderConfig ofParameterSets(List<byte[]> sps, List<byte[]> pps)
      throws MalformedMediaException {
    if (sps.isEmpty() || pps.isEmpty() || sps.size() > MAX_SPS || pps.size() > MAX_PPS) {
      throw MalformedMediaException.malformed(
          AvcDecoderConfigReader.FORMAT,
          "cannot be made of " + sps.size() + " SPS and " + pps.size() + " PPS",
          -1);
    }
    for (byte[] set : sps) {
      AvcDecoderConfigReader.requireType(set, NalUnit.TYPE_SPS, -1);
    }
    for (byte[] set : pps) {
      AvcDecoderConfigReader.requireType(set, NalUnit.TYPE_PPS, -1);
    }
    SequenceParameterSet first = SequenceParameterSet.parse(sps.get(0));
    HighProfileExtension extension =
        hasExtension(first.profileIdc())
            ? new HighProfileExtension(
                first.chromaFormatIdc(), first.bitDepthLuma(), first.bitDepthChroma(), List.of())
            : null;
    return new AvcDecoderConfig(
        first.profileIdc(), first.constraintFlags(), first.levelIdc(), 4, sps, pps, extension);
  }

  /** Whether the record of this profile ends with chroma format and bit depths. */
  static boolean hasExtension(int profileIdc) {
    // ISO/IEC 14496-15:2022 §5.3.3.1.2 lists 100, 110, 122 and 144; writers apply it to 244 and 44,
    // too.
    return profileIdc != 66 && profileIdc != 77 && profileIdc != 88;
  }

  /**
   * The first SPS, read.
   *
   * @throws MalformedMediaException if it cannot be read
   */
  public SequenceParameterSet sequenceParameterSet() throws MalformedMediaException {
    return SequenceParameterSet.parse(sequenceParameterSets.get(0));
  }

  /** The same configuration for samples with NAL unit lengths of another size. */
  public AvcDecoderConfig withLengthSize(int newLengthSize) {
    return new AvcDecoderConfig(
        profileIdc,
        profileCompatibility,
        levelIdc,
        newLengthSize,
        sequenceParameterSets,
        pictureParameterSets,
        extension);
  }

  /**
   * Whether both parameter sets of an access unit (each may be empty) are among those announced
   * here.
   */
  public boolean announces(AvcAccessUnit unit) {
    return containsAll(sequenceParameterSets, unit.sequenceParameterSets())
        && containsAll(pictureParameterSets, unit.pictureParameterSets());
  }

  /** The record. A new array. */
  public byte[] toByteArray() {
    return AvcDecoderConfigWriter.write(this);
  }

  /** Compares the records that {@link #toByteArray} writes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AvcDecoderConfig that
        && Arrays.equals(toByteArray(), that.toByteArray());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toByteArray());
  }

  /** Profile, level and counts. */
  @Override
  public String toString() {
    return "AvcDecoderConfig[profile="
        + profileIdc
        + ", level="
        + levelIdc
        + ", lengthSize="
        + lengthSize
        + ", sps="
        + sequenceParameterSets.size()
        + ", pps="
        + pictureParameterSets.size()
        + "]";
  }

  private static boolean containsAll(List<byte[]> known, List<byte[]> found) {
    for (byte[] set : found) {
      if (known.stream().noneMatch(candidate -> Arrays.equals(candidate, set))) {
        return false;
      }
    }
    return true;
  }
}

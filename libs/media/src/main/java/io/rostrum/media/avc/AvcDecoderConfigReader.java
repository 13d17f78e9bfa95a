package io.rostrum.media.avc;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.avc.AvcDecoderConfig.HighProfileExtension;
import io.rostrum.media.bits.BitReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads {@code avcC}, ISO/IEC 14496-15:2022 §5.3.3.1.2. */
final class AvcDecoderConfigReader {

  static final String FORMAT = "avcC";

  private AvcDecoderConfigReader() {}

  static AvcDecoderConfig read(byte[] avcC) throws MalformedMediaException {
    BitReader bits = new BitReader(FORMAT, limited(avcC));
    int version = bits.intBits(8);
    if (version != 1) {
      throw MalformedMediaException.unsupported(FORMAT, "configurationVersion " + version, 0);
    }
    int profileIdc = bits.intBits(8);
    int compatibility = bits.intBits(8);
    int levelIdc = bits.intBits(8);
    // The six reserved bits should be ones; encoders that write zeros are harmless.
    bits.skip(6);
    int lengthSize = bits.intBits(2) + 1;
    if (lengthSize == 3) {
      throw bits.malformed("lengthSizeMinusOne is 2, only 0, 1 and 3 are allowed");
    }
    bits.skip(3);
    List<byte[]> sps = sets(avcC, bits, bits.intBits(5), NalUnit.TYPE_SPS);
    List<byte[]> pps = sets(avcC, bits, bits.intBits(8), NalUnit.TYPE_PPS);
    if (sps.isEmpty() || pps.isEmpty()) {
      throw bits.malformed("holds " + sps.size() + " SPS and " + pps.size() + " PPS");
    }
    return new AvcDecoderConfig(
        profileIdc,
        compatibility,
        levelIdc,
        lengthSize,
        sps,
        pps,
        extension(avcC, bits, profileIdc));
  }

  /**
   * The fields of the high profiles. Encoders exist that leave them out, so a record may also end
   * here.
   */
  private static HighProfileExtension extension(byte[] avcC, BitReader bits, int profileIdc)
      throws MalformedMediaException {
    if (!AvcDecoderConfig.hasExtension(profileIdc) || bits.remainingBits() < 32) {
      return null;
    }
    bits.skip(6);
    int chromaFormat = bits.intBits(2);
    bits.skip(5);
    int bitDepthLuma = bits.intBits(3) + 8;
    bits.skip(5);
    int bitDepthChroma = bits.intBits(3) + 8;
    List<byte[]> extensions = sets(avcC, bits, bits.intBits(8), NalUnit.TYPE_SPS_EXTENSION);
    return new HighProfileExtension(chromaFormat, bitDepthLuma, bitDepthChroma, extensions);
  }

  private static List<byte[]> sets(byte[] avcC, BitReader bits, int count, int type)
      throws MalformedMediaException {
    List<byte[]> sets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = bits.intBits(16);
      int start = bits.positionBits() / 8;
      bits.skip(length * 8);
      byte[] set = Arrays.copyOfRange(avcC, start, start + length);
      requireType(set, type, start);
      sets.add(set);
    }
    return sets;
  }

  static void requireType(byte[] nalUnit, int type, int at) throws MalformedMediaException {
    if (nalUnit.length == 0 || (nalUnit[0] & 0x1F) != type) {
      throw MalformedMediaException.malformed(
          FORMAT, "expected a NAL unit of type " + type + " as parameter set", at);
    }
    if (nalUnit.length > 0xFFFF) {
      throw MalformedMediaException.limit(FORMAT, "parameter set of more than 65535 bytes", at);
    }
  }

  private static byte[] limited(byte[] avcC) throws MalformedMediaException {
    // 31 SPS, 255 PPS and 255 extensions of 65535 bytes each could be stated; real records stay
    // below a kilobyte.
    if (avcC.length > 1 << 20) {
      throw MalformedMediaException.limit(FORMAT, "more than 1 MiB", 0);
    }
    return avcC;
  }
}

package io.rostrum.media.avc;

import io.rostrum.media.avc.AvcDecoderConfig.HighProfileExtension;
import io.rostrum.media.bits.BitWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes {@code avcC}, ISO/IEC 14496-15:2022 §5.3.3.1.2. */
final class AvcDecoderConfigWriter {

  private AvcDecoderConfigWriter() {}

  static byte[] write(AvcDecoderConfig config) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    out.write(1);
    out.write(config.profileIdc());
    out.write(config.profileCompatibility());
    out.write(config.levelIdc());
    out.write(0xFC | config.lengthSize() - 1);
    out.write(0xE0 | config.sequenceParameterSets().size());
    sets(out, config.sequenceParameterSets());
    out.write(config.pictureParameterSets().size());
    sets(out, config.pictureParameterSets());
    HighProfileExtension extension = config.extension();
    if (extension != null) {
      out.writeBytes(
          new BitWriter()
              .bits(0x3F, 6)
              .bits(extension.chromaFormat(), 2)
              .bits(0x1F, 5)
              .bits(extension.bitDepthLuma() - 8, 3)
              .bits(0x1F, 5)
              .bits(extension.bitDepthChroma() - 8, 3)
              .toByteArray());
      out.write(extension.sequenceParameterSetExtensions().size());
      sets(out, extension.sequenceParameterSetExtensions());
    }
    return out.toByteArray();
  }

  private static void sets(ByteArrayOutputStream out, List<byte[]> sets) {
    for (byte[] set : sets) {
      out.write(set.length >>> 8);
      out.write(set.length);
      out.writeBytes(set);
    }
  }
}
